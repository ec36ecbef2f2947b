"""How a report looks: one stylesheet in the brand's colours, for screens of any width and for paper."""

from __future__ import annotations

from brochure.model.brand import Brand

SHEET = """
*{box-sizing:border-box}
html{font:16px/1.5 "Golos Text",system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--paper)}
body{margin:0}
header{background:var(--night);color:var(--paper);padding:clamp(1.5rem,4vw,3.5rem) max(clamp(1rem,5vw,4rem),calc((100vw - 78rem)/2 + 4rem))}
header p,header dl{margin:0}
.eyebrow{color:var(--honey);font-size:.8rem;letter-spacing:.12em;text-transform:uppercase}
h1,h2{font-family:"Literata Display",Georgia,"Times New Roman",serif;font-weight:400;line-height:1.1;text-wrap:balance}
h1{font-size:clamp(2.1rem,6vw,4rem);margin:.35em 0 .4em}
h1::before{content:"";display:inline-block;width:.5em;height:.5em;border-radius:50%;margin-right:.35em;vertical-align:.06em;background:var(--mark)}
.not{--mark:var(--signal)}.with{--mark:var(--gold)}.fit{--mark:#5FA777}
.counts{display:flex;flex-wrap:wrap;gap:.4rem 2.5rem;margin:1.4rem 0}
.counts b{font:400 1.9rem/1 "Literata Display",Georgia,serif;font-variant-numeric:lining-nums;margin-right:.35rem}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1.25rem;font-size:.9rem}
.facts dt{color:var(--haze)}.facts dd{margin:0;overflow-wrap:anywhere}
main{max-width:78rem;margin:0 auto;padding:0 clamp(1rem,5vw,4rem) 4rem}
section{padding:2.5rem 0;border-top:1px solid var(--haze)}
section:first-child{border:0}
.whole .rules{grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.6rem 3rem}
h2{font-size:1.9rem;margin:0 0 1.2rem;color:var(--night)}
.page{display:grid;grid-template-columns:minmax(15rem,26rem) minmax(0,1fr);gap:1rem 3rem;align-items:start}
.page h2{grid-column:1/-1;margin-bottom:.4rem}
figure{margin:0;position:sticky;top:1rem;background:#fff;box-shadow:0 1px 2px rgb(0 0 0/.18),0 10px 30px rgb(15 39 68/.14)}
figure svg{display:block;width:100%;height:auto}
.rules{list-style:none;margin:0;padding:0;display:grid;gap:1.6rem;min-width:0}
.rules>li{border-left:3px solid var(--tone);padding-left:1rem;min-width:0}
.error{--tone:var(--ember)}.warning{--tone:var(--gold)}.waived{--tone:var(--silver,#B4B4B4)}.passed{--tone:var(--haze)}
.word{font-size:.8rem;margin:0;color:var(--grey)}
.word b{color:var(--tone)}.warning .word b{color:#7A5C0E}.waived .word b,.passed .word b{color:var(--grey)}
h3{font-size:1.05rem;font-weight:600;line-height:1.3;margin:.1rem 0 .5rem;overflow-wrap:anywhere}
.spots{list-style:none;margin:0 0 .6rem;padding:0;font-size:.9rem;display:grid;gap:.3rem}
.spots li{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.6rem;align-items:baseline;overflow-wrap:anywhere}
.number{display:inline-grid;place-items:center;min-width:1.55em;height:1.55em;padding:0 .3em;border-radius:1em;background:var(--tone);color:#fff;font-size:.78rem;font-weight:600;font-variant-numeric:tabular-nums}
.warning .number{color:var(--ink)}.waived .number{color:var(--ink)}
.limit,.place{color:var(--grey)}
.place{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.82em}
.why{margin:0;font-size:.9rem;color:var(--grey);max-width:62ch}
.remedy{margin:.3rem 0 0;font-size:.95rem;max-width:62ch}
.remedy::before{content:"→ ";color:var(--tone)}
.tried{columns:22rem;column-gap:3rem;list-style:none;padding:0;margin:0;font-size:.85rem}
.tried li{break-inside:avoid;padding:.3rem 0;border-bottom:1px solid var(--mist)}
.tried b{font-weight:600;display:inline-block;min-width:7.2em}
footer{color:var(--grey);font-size:.85rem}
@media(max-width:50rem){.page{grid-template-columns:minmax(0,1fr)}figure{position:static;max-width:26rem}h2{font-size:1.6rem}}
@media print{
@page{size:A4;margin:14mm}
html{font-size:9.5pt;background:#fff}
header{background:none;color:var(--ink);padding:0 0 6mm}
.eyebrow,.facts dt{color:var(--grey)}
main{padding:0;max-width:none}
section{padding:5mm 0}
.page{grid-template-columns:70mm minmax(0,1fr);gap:2mm 6mm}
figure{position:static;box-shadow:none;outline:.3pt solid var(--haze)}
.rules>li,figure{break-inside:avoid}h2{break-after:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def style(brand: Brand) -> str:
    """The stylesheet with the brand's colours as custom properties."""
    colours = "".join(f"--{name}:{colour.screen};" for name, colour in brand.colours.items())
    return f":root{{{colours}--signal:{brand.colours['ember'].screen}}}{SHEET}"
