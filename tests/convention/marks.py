"""Which mark each row carries, apart from the law files: a changed mark must be changed twice.

One row a line: id, mark, kind, article as printed. Take a mark from the text that was read,
never from the law file.
"""

from typing import Final

MARKS: Final = """\
uncc/2-a unconfirmed definition 2(a)
uncc/2-b parallel definition 2(b)
uncc/2-c parallel definition 2(c)
uncc/2-d unconfirmed definition 2(d)
uncc/2-e parallel definition 2(e)
uncc/2-f parallel definition 2(f)
uncc/2-g unconfirmed definition 2(g)
uncc/2-h sourced definition 2(h)
uncc/2-i sourced definition 2(i)
uncc/2-j parallel definition 2(j)
uncc/2-k parallel definition 2(k)
uncc/2-l parallel definition 2(l)
uncc/2-m parallel definition 2(m)
uncc/2-n unconfirmed definition 2(n)
uncc/2-o unconfirmed definition 2(o)
uncc/3-a sourced scope 3(a)
uncc/3-b sourced scope 3(b)
uncc/4 unconfirmed scope 4
uncc/5 unconfirmed principle 5
uncc/6-1 unconfirmed principle 6(1)
uncc/6-2 sourced principle 6(2)
uncc/7 unconfirmed offence 7
uncc/8 unconfirmed offence 8
uncc/9 unconfirmed offence 9
uncc/10 unconfirmed offence 10
uncc/11 unconfirmed offence 11
uncc/12 unconfirmed offence 12
uncc/13 unconfirmed offence 13
uncc/14 unconfirmed offence 14
uncc/15 unconfirmed offence 15
uncc/16 unconfirmed offence 16
uncc/17 parallel offence 17
uncc/18 unconfirmed offence 18
uncc/19-1 unconfirmed offence 19(1)
uncc/19-2 unconfirmed offence 19(2)
uncc/19-3 unconfirmed offence 19(3)
uncc/23-1 sourced scope 23(1)
uncc/23-2/a parallel scope 23(2)(a)
uncc/23-2/b parallel scope 23(2)(b)
uncc/23-2/c parallel scope 23(2)(c)
uncc/23-3/a parallel declaration 23(3)(a)
uncc/23-3/b parallel declaration 23(3)(b)
uncc/24-1 parallel principle 24(1)
uncc/24-2 parallel principle 24(2)
uncc/24-2/remedy unconfirmed principle 24(2)
uncc/24-3 parallel principle 24(3)
uncc/24-4 unconfirmed principle 24(4)
uncc/24-5 unconfirmed principle 24(5)
uncc/25-1 parallel power 25(1)
uncc/25-2/cap parallel clock 25(2)
uncc/25-2/integrity parallel duty 25(2)
uncc/25-2/renewal parallel clock 25(2)
uncc/25-3 parallel duty 25(3)
uncc/26-1/a parallel duty 26(1)(a)
uncc/26-1/b parallel duty 26(1)(b)
uncc/35-1/a unconfirmed scope 35(1)(a)
uncc/35-1/b unconfirmed scope 35(1)(b)
uncc/35-1/c unconfirmed scope 35(1)(c)
uncc/35-1/outside unconfirmed scope 35(1)
uncc/35-1/whose-law unconfirmed scope 2(h), 35(1)
uncc/35-2 unconfirmed scope 35(2)
uncc/35-3 parallel principle 35(3)
uncc/36-1/a unconfirmed principle 36(1)(a)
uncc/36-1/b unconfirmed principle 36(1)(b)
uncc/36-2 unconfirmed duty 36(2)
uncc/36-3 unconfirmed duty 36(3)
uncc/40-23 parallel principle 40(23)
uncc/40-24 parallel principle 40(24)
uncc/40-25 parallel duty 40(25)
uncc/41-1 parallel duty 41(1)
uncc/41-1/channel parallel channel 41(1)
uncc/41-2 unconfirmed declaration 41(2)
uncc/41-2/register unconfirmed clock 41(2)
uncc/41-3 parallel power 41(3)
uncc/41-3/a parallel measure 41(3)(a)
uncc/41-3/b parallel duty 41(3)(b)
uncc/41-3/c parallel measure 41(3)(c)
uncc/41-3/d parallel measure 41(3)(d)
uncc/41-3/e unconfirmed measure 41(3)(e)
uncc/41-4 parallel duty 41(4)
uncc/41-5 parallel duty 41(5)
uncc/41-6 unconfirmed channel 41(6)
uncc/42-1 parallel measure 42(1)
uncc/42-1/ask unconfirmed power 42(1)
uncc/42-2 unconfirmed measure 42(2)
uncc/42-3 parallel duty 42(3)
uncc/42-3/a parallel content 42(3)(a)
uncc/42-3/b parallel content 42(3)(b)
uncc/42-3/c parallel content 42(3)(c)
uncc/42-3/d parallel content 42(3)(d)
uncc/42-3/e parallel content 42(3)(e)
uncc/42-3/f parallel content 42(3)(f)
uncc/42-3/g unconfirmed content 42(3)(g)
uncc/42-4 parallel duty 42(4)
uncc/42-4/dual-criminality parallel principle 42(4)
uncc/42-5 parallel declaration 42(5)
uncc/42-5/ground parallel ground 42(5)
uncc/42-6 unconfirmed principle 42(6)
uncc/42-6/40-21-b unconfirmed ground 42(6), 40(21)(b)
uncc/42-6/40-21-c unconfirmed ground 42(6), 40(21)(c)
uncc/42-6/40-22 unconfirmed ground 42(6), 40(22)
uncc/42-7 parallel duty 42(7)
uncc/42-8/floor parallel clock 42(8)
uncc/42-8/hold parallel clock 42(8)
uncc/42-9 unconfirmed clock 42(9)
uncc/43-1 parallel measure 43(1)
uncc/43-2 unconfirmed principle 43(2)
uncc/43-2/40-21-b unconfirmed ground 43(2), 40(21)(b)
uncc/43-2/40-21-c unconfirmed ground 43(2), 40(21)(c)
uncc/43-2/40-22 unconfirmed ground 43(2), 40(22)
uncc/64 unconfirmed principle 64
uncc/65-1 sourced clock 65(1)
uncc/65-2 parallel clock 65(2)
budapest/2 unconfirmed offence 2
budapest/3 unconfirmed offence 3
budapest/4 unconfirmed offence 4
budapest/5 unconfirmed offence 5
budapest/6 unconfirmed offence 6
budapest/7 unconfirmed offence 7
budapest/8 unconfirmed offence 8
budapest/9 unconfirmed offence 9
budapest/10 unconfirmed offence 10
budapest/11 unconfirmed offence 11
budapest/14-1 sourced scope 14(1)
budapest/14-2 sourced scope 14(2)
budapest/14-3/a sourced declaration 14(3)(a)
budapest/14-3/b sourced declaration 14(3)(b)
budapest/15-1 sourced principle 15(1)
budapest/15-2 sourced principle 15(2)
budapest/15-3 sourced principle 15(3)
budapest/16-1 sourced power 16(1)
budapest/16-2/cap sourced clock 16(2)
budapest/16-2/integrity sourced duty 16(2)
budapest/16-2/renewal sourced clock 16(2)
budapest/16-3 sourced duty 16(3)
budapest/17-1/a sourced duty 17(1)(a)
budapest/17-1/b sourced duty 17(1)(b)
budapest/25-1 unconfirmed scope 25(1)
budapest/25-3 unconfirmed duty 25(3)
budapest/25-4 unconfirmed ground 25(4)
budapest/25-5 unconfirmed principle 25(5)
budapest/26-1 unconfirmed measure 26(1)
budapest/26-2 unconfirmed duty 26(2)
budapest/27-2 unconfirmed declaration 27(2)
budapest/27-2/channel unconfirmed channel 27(2)
budapest/27-4/a sourced ground 27(4)(a)
budapest/27-4/b unconfirmed ground 27(4)(b)
budapest/27-5 unconfirmed duty 27(5)
budapest/27-6 unconfirmed duty 27(6)
budapest/27-7 unconfirmed duty 27(7)
budapest/27-8 unconfirmed duty 27(8)
budapest/27-9/b unconfirmed channel 27(9)(b)
budapest/27-9/e unconfirmed declaration 27(9)(e)
budapest/28-2 unconfirmed principle 28(2)
budapest/29-1 sourced measure 29(1)
budapest/29-1/ask sourced power 29(1)
budapest/29-2 sourced duty 29(2)
budapest/29-2/a sourced content 29(2)(a)
budapest/29-2/b sourced content 29(2)(b)
budapest/29-2/c sourced content 29(2)(c)
budapest/29-2/d sourced content 29(2)(d)
budapest/29-2/e sourced content 29(2)(e)
budapest/29-2/f sourced content 29(2)(f)
budapest/29-3 sourced duty 29(3)
budapest/29-3/dual-criminality sourced principle 29(3)
budapest/29-4 sourced declaration 29(4)
budapest/29-4/ground sourced ground 29(4)
budapest/29-5 sourced principle 29(5)
budapest/29-5/a sourced ground 29(5)(a)
budapest/29-5/b sourced ground 29(5)(b)
budapest/29-6 sourced duty 29(6)
budapest/29-7/floor sourced clock 29(7)
budapest/29-7/hold sourced clock 29(7)
budapest/30-1 sourced measure 30(1)
budapest/30-2 unconfirmed principle 30(2)
budapest/30-2/a unconfirmed ground 30(2)(a)
budapest/30-2/b unconfirmed ground 30(2)(b)
budapest/31-1 sourced measure 31(1)
budapest/31-3 sourced duty 31(3)
budapest/32 unconfirmed principle 32
budapest/33-1 sourced measure 33(1)
budapest/34 sourced measure 34
budapest/35-1 sourced duty 35(1)
budapest/35-1/channel sourced channel 35(1)
budapest/35-1/notify sourced declaration 35(1)
budapest/35-1/route sourced power 35(1)
budapest/35-2 sourced duty 35(2)
budapest/35-3 sourced duty 35(3)
reciprocity/ask unconfirmed power no treaty
reciprocity/domestic-law unconfirmed ground no treaty
reciprocity/form unconfirmed principle no treaty
reciprocity/no-treaty unconfirmed principle no treaty
reciprocity/order unconfirmed power no treaty
reciprocity/preserve unconfirmed measure no treaty
reciprocity/reasons unconfirmed duty no treaty
"""
