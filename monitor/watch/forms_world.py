"""Further legal forms of the world, beside those of `forms`: as ISO 20275 lists them, in the way that table is written."""

TABLE = """
limited - AL XK: shpk
stock - AL XK: sha
limited - AM GE KZ: ooo
limited - AT DE: gesmbh; ges m b h; gmbh und co kg; gmbh co; gmbh co ohg; kgaa; co kgaa
stock - BE LU: sca; scs
limited - BE: comm v; cvba; sprl; scrl; sprlu
limited - BO PE EC CL CO CR: srl; eirl; s a c; sociedad por acciones simplificada; ltda
stock - BR: eireli
limited - CH LI: sagl; klg
stock - CZ: akciova spolecnost
limited - DK: ivs
limited - EE: osauhing; aktsiaselts
stock - EG JO LB SY: sae; sal; sarl offshore; sal offshore; sal holding; offshore sal
stock - ES: sociedad anonima unipersonal; s coop; sl unipersonal; slne; slp
stock - FI: oyab
limited - FR: scop; selarl; earl
stock - GR CY: abee; aebe; epe; ike
stock - HR: jdoo; d o o; d d; obrt
limited - HU: korlatolt felelossegu tarsasag; betti tarsasag; nonprofit kft
limited - IE: clg; teoranta
limited - IL: bm; baam
stock - IN: opc private limited; opc pvt ltd; nidhi limited
stock - IR: pjs; sahami khas; sahami aam
limited - IS: ehf; hf; ohf; slf
stock - IT: sapa; scarl; scrl; soc coop; societa cooperativa; sas di; sapa; srls
limited - JP: gomei kaisha; goshi kaisha; yugen gaisha; goudou kaisha; godo gaisha
limited - KR: chusik hoesa; jusik hoesa; yuhan hoesa; jusikhoesa
limited - LT: uzdaroji akcine bendrove; akcine bendrove; vsi
limited - LV: sabiedriba ar ierobezotu atbildibu; akciju sabiedriba
limited - MA TN DZ: sarlau; sarl au; eurl; suarl
limited - MD RO: srl d
limited - MK RS BA ME: dooel; d o o e l; ad; a d
limited - MX: sc de rl; sapi; spr de rl; s en c; sofom; sab; s de r l de c v; s a de c v; s a p i de c v
limited - NL: vof; bv io; cooperatie ua; coop ua; uitgebreide aansprakelijkheid
limited - NO: ans; enk; nuf
limited - PL: sp z o o; sp z o o sp k; spzoo; sp j; prosta spolka akcyjna; psa; spolka z ograniczona
limited - PT: unipessoal lda; sgps sa; sociedade unipessoal lda; lda unipessoal
limited - RU: obshchestvo s ogranichennoi otvetstvennostyu; obschestvo s ogranichennoy otvetstvennostyu
limited - RU: obshchestvo s ogranichennoj otvetstvennostju; obschestvo s ogranichennoi otvetstvennostyu; with limited liability
stock loose RU BY UA KZ: aktsionernoye obshchestvo; aktsionernoe obschestvo; publichnoye aktsionernoye obshchestvo
stock loose RU BY UA KZ: otkrytoe aktsionernoe obshchestvo
stock loose RU BY UA KZ: zakrytoe aktsionernoe obshchestvo; nepublichnoe aktsionernoe obshchestvo
stock loose RU BY UA KZ: stock company; open stock company; closed stock company; public stock company; jointstock company
other - RU: fsue; gup; fse; fgbu; fgku; fgaou; fgbou; mup; fkp; federal state enterprise; federal state governmental institution
other - RU: state unitary enterprise; federal state budgetary institution; фгбу; гуп; муп; фкп; individual entrepreneur
other - BY: rup; chup; odo; zao; republican unitary enterprise; private unitary enterprise; ууп; чуп; одо; руп; тдв
limited - UA: tdv; фоп; тдв; товариство з обмеженою відповідальністю; приватне акціонерне товариство; прат
limited - UA: tovarystvo z obmezhenoyu vidpovidalnistyu; pryvatne aktsionerne tovarystvo
limited - BY: taa; ааа; aat
limited - KZ UZ KG: tovarishchestvo s ogranichennoy otvetstvennostyu; mchj; mas uliyati cheklangan jamiyat; osoo; осоо
limited - SA AE QA KW OM BH: wll; w l l; spc; fzllc; fz co
limited - SA AE QA KW OM BH: fze llc; fzco llc; l l c fz; free zone company; free zone establishment
limited - SE: aktiebolag publ; publ ab; handelsbolag; kommanditbolag; ek for
limited - SI: druzba z omejeno odgovornostjo; delniska druzba
limited - SK: spolocnost s rucenim obmedzenym; s r o; a s; akciova spolocnost
limited - TH: company limited public
limited - TR: anonim sirketi; a s; limited sirketi
limited - TR: sanayi ve ticaret anonim sirketi; sanayi ve ticaret limited sirketi; ve tic as
limited - TR: san ve tic ltd sti; san tic ltd sti; sanayi ve ticaret ltd sti
limited - TR: ticaret limited sirketi; ve ticaret as; san ve tic as
limited - TW: yu xian gong si; gu fen you xian gong si
limited - VN: tnhh; cong ty tnhh; cong ty co phan
limited - VN: ctcp; cty tnhh; cong ty trach nhiem huu han; one member limited liability company
limited - VG KY BS PA SC MH BZ: ibc; international business company; exempted company
limited - ZA NA BW ZW: proprietary limited; npc; soc ltd; soc limited
other - GB: cic; community interest company; slp; royal charter; unlimited; unltd
other - US: pllc; lllp; professional corporation; national association; ltd partnership; l p
company loose: and co; und co; et cie; cie
"""
