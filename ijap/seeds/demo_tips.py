"""What was told and went to the table: the signals behind the first six meetings and today's."""

from cases.models import Nature, Role, SignalGround, Theme, Urgency
from ijap.seeds.demo_script import Accepted, Tip, When

FACT, OBSERVED, HEARSAY = Nature.FACT, Nature.OBSERVED, Nature.HEARSAY
OPINION, SUSPICION = Nature.OPINION, Nature.SUSPICION
SUSPECT, VICTIM, WITNESS, INVOLVED = Role.SUSPECT, Role.VICTIM, Role.WITNESS, Role.INVOLVED
WPG = SignalGround.WPG_20
T = Theme
TALK = "Bedankt voor uw signaal. We bespreken dit in het eerstvolgende JPP."
KNOWN = "Bedankt. We nemen dit mee naar het JPP. U hoort van ons wat is afgesproken."


def _yes(
    meeting: int, days: int, *partners: str, feedback: str = TALK, need: str = "", summary: str = ""
) -> Accepted:
    return Accepted(When(meeting, days, "11:20"), feedback, partners, need=need, summary=summary)


TIPS = [
    # --- for the first meeting ------------------------------------------------------------------
    Tip("a1", "a", "politie", When(1, -8, "09:05"),
        "Aangehouden voor vernieling bij het station. Er loopt een traject bij Halt. De gemeente heeft een "
        "gebiedsverbod voor het centrum opgelegd. Of er ook jeugdbescherming is, weten wij niet.",
        FACT, SUSPECT, (T.VANDALISM, T.NUISANCE), ground=WPG, seen=4,
        purpose="Weten welke maatregelen er al zijn en die op elkaar afstemmen.",
        outcome=_yes(1, -6, "politie", "halt", "bjz", "oov_heerlen", "jens",
                     need="Vier organisaties hebben een maatregel. Zij weten dat niet van elkaar.", summary="De politie heeft hem op straat aangesproken. Verschillende organisaties hebben al iets lopen. Graag naast elkaar leggen.")),
    Tip("b1", "b", "jeugdboa", When(1, -7, "16:40"),
        "Jeugdige (11) stak op het veldje een bankje aan. Vader was erbij toen wij kwamen. Vader wil graag hulp.",
        OBSERVED, SUSPECT, (T.VANDALISM,), capacity="supervision",
        purpose="Hulp voor vader en zoon, zonder direct te straffen.",
        outcome=_yes(1, -6, "halt", "jens", need="Jonger dan 12 jaar: een Halt-afdoening kan niet.")),
    Tip("i1", "ilyas", "jeugdboa", When(1, -6, "15:10"),
        "Bij de ingang van het winkelcentrum gezien: jeugdige toonde aan twee anderen een zakmes. Mes is "
        "afgegeven. Moeder is gebeld.",
        OBSERVED, SUSPECT, (T.WEAPONS,), Urgency.SOON, capacity="investigation", ground=WPG,
        outcome=_yes(1, -5, "politie", "jens", need="Meer dan een incident: zelfde plek, zelfde jongens.", summary="De jeugdboa zag hem bij het winkelcentrum in een situatie die zorgen geeft. Moeder weet ervan.")),
    Tip("h1", "h", "politie", When(1, -9, "13:15"),
        "Jongere (19) reed zonder rijbewijs. Had eerder jeugdreclassering, goed afgerond. Vraag: wie neemt "
        "contact op?",
        FACT, SUSPECT, (T.HOME,), ground=WPG, seen=3, outcome=_yes(1, -7, "politie", "jens", summary="De politie vraagt wie weer contact kan opnemen, nu het even minder gaat.")),
    Tip("om1", "omer", "politie", When(1, -8, "10:30"),
        "Drie keer in zes weken als verdachte gehoord: diefstal, bedreiging, heling. School meldt verzuim. "
        "Moeder zegt dat zij hem niet meer bereikt.",
        FACT, SUSPECT, (T.VIOLENCE, T.TRUANCY, T.HOME), Urgency.SOON, WPG,
        outcome=_yes(1, -7, "politie", "jens", "leerplicht", "bjz", summary="De politie ziet hem vaker en maakt zich zorgen. Ook op school en thuis loopt het niet.")),
    Tip("z1", "zofia", "jens", When(1, -9, "14:00"),
        "Slaapt steeds ergens anders. Wordt gezien met oudere mannen in een auto. Wil geen contact met school. "
        "De straatcoach heeft wel contact.",
        OBSERVED, VICTIM, (T.HOME, T.TRAFFICKING), Urgency.SOON,
        outcome=_yes(1, -8, "jens", "politie", "bjz")),
    Tip("r1", "ruben", "leerplicht", When(1, -7, "09:45"),
        "Al drie weken niet op school. Ouders doen niet open. Buren horen ruzie.",
        HEARSAY, INVOLVED, (T.TRUANCY, T.HOME), informed=("no", "no"), because="Wij krijgen geen contact.",
        outcome=_yes(1, -6, "leerplicht", "jens")),
    # --- for the second -------------------------------------------------------------------------
    Tip("c1", "c", "politie", When(2, -7, "12:00"),
        "Jeugdige (10) heeft een naaktfoto van een klasgenoot doorgestuurd. Ouders zijn op school geweest. "
        "Ouders vragen om een gevolg dat past.",
        FACT, SUSPECT, (T.ONLINE, T.SEXUAL), ground=WPG,
        purpose="Een passend gevolg, al is jeugdige te jong voor een Halt-afdoening.",
        outcome=_yes(2, -6, "halt", "jens", "politie", need="Halt kan pas vanaf 12 jaar. Ouders willen meewerken.", summary="Er is online iets gebeurd met een klasgenoot. Ouders en school weten ervan en willen dat er iets op volgt.")),
    Tip("i2", "ilyas", "mentor", When(2, -6, "15:30"),
        "Conciërge vond een mes in de struiken bij de fietsenstalling. Drie leerlingen waren daar in de pauze. "
        "Niet vastgesteld van wie het is.",
        FACT, INVOLVED, (T.WEAPONS, T.GROUP), Urgency.SOON, informed=("no", "no"),
        because="Eerst overleg met de politie.", location="Fietsenstalling Voorbeeldcollege",
        outcome=Accepted(When(2, -5, "09:40"), KNOWN, ("politie", "jens", "halt"),
                         told="Op school is een mes gevonden in de struiken. Drie leerlingen waren daar in de "
                              "pauze. Niet vastgesteld van wie het is.",
                         also=("lukasz", "jayden"))),
    Tip("e1", "e", "politie", When(2, -6, "10:10"),
        "Meerdere keren aangetroffen met handelshoeveelheden. Twee aangiften van mishandeling. Is over enkele "
        "maanden 18.",
        FACT, SUSPECT, (T.DRUGS, T.VIOLENCE), Urgency.SOON, WPG,
        outcome=_yes(2, -5, "politie", "jens", "bjz", "leerplicht", summary="De politie heeft ernstige zorgen over waar hij mee bezig is. Hij wordt binnenkort volwassen.")),
    Tip("f1", "f", "wijkagent", When(2, -8, "16:20"),
        "Jeugdige is drie keer geslagen door dezelfde groep en wordt via de telefoon bedreigd. Na de melding bij "
        "de politie is zij opnieuw geslagen. Gezin twijfelt over aangifte.",
        FACT, VICTIM, (T.VIOLENCE, T.ONLINE), Urgency.SOON, WPG,
        purpose="Rust in het gezin en uitleg over wat er gebeurt bij een aangifte.",
        outcome=_yes(2, -7, "politie", "jens")),
    Tip("k1", "kacper", "leerplicht", When(2, -7, "11:00"),
        "42 uur ongeoorloofd verzuim in vier weken. Jeugdige zegt dat hij 's nachts werkt. Onbekend bij wie.",
        FACT, INVOLVED, (T.TRUANCY, T.TRAFFICKING), outcome=_yes(2, -6, "leerplicht", "jens", "politie")),
    Tip("ai1", "aicha", "jens", When(2, -8, "13:30"),
        "Wordt online onder druk gezet om geld over te maken via haar bankpas. Heeft dit zelf verteld.",
        FACT, VICTIM, (T.ONLINE,), outcome=_yes(2, -6, "jens", "politie")),
    # --- for the third --------------------------------------------------------------------------
    Tip("a2", "a", "halt", When(3, -6, "09:20"),
        "Jeugdige (14) heeft gebiedsverbod centrum en moet daar ook naar Halt. Dat gaat niet samen.",
        FACT, INVOLVED, (T.NUISANCE,), purpose="Gebied of plaats aanpassen, zodat het traject door kan gaan.",
        outcome=_yes(3, -5, feedback=KNOWN)),
    Tip("se1", "seyma", "mentor", When(3, -6, "08:50"),
        "Leerling zegt dat zij via een game afspraken krijgt met oudere mannen. Zij vroeg een klasgenoot om mee te "
        "gaan. Graag spoed. School weet niet wat te doen.",
        FACT, VICTIM, (T.TRAFFICKING, T.ONLINE, T.SEXUAL), Urgency.TODAY, informed=("yes", "no"),
        because="Het kan gevaarlijk zijn als dit nu bekend wordt.",
        purpose="Vandaag weten wie wat doet. De politie mag niet in de weg worden gelopen.",
        outcome=Accepted(When(3, -6, "10:15"),
                         "Dank u wel voor het snelle melden. Vandaag is er overleg met VIOS en de politie. Praat er met "
                         "niemand anders over.",
                         ("politie", "bjz"),
                         told="Via een game zijn er afspraken met oudere mannen. Er is contact met school, VIOS en "
                              "politie. Meer staat niet in dit dossier.",
                         need="Mogelijk georganiseerd. Meerdere slachtoffers.", also=("noor",))),
    Tip("m1", "milan", "mentor", When(3, -8, "15:45"),
        "Mentor ziet nieuwe dure kleding en twee telefoons. Van horen zeggen: klusjes voor oudere jongens.",
        HEARSAY, INVOLVED, (T.DRUGS, T.GROUP), outcome=_yes(3, -7, "jens", "leerplicht", "politie")),
    Tip("y1", "yagmur", "politie.kerkrade", When(3, -7, "09:30"),
        "Heeft een klasgenoot bedreigd met een stuk gereedschap. Twee eerdere meldingen op straat. Ouders "
        "scheiden.",
        FACT, SUSPECT, (T.VIOLENCE, T.HOME), ground=WPG,
        outcome=_yes(3, -6, "politie_kerkrade", "jens", "leerplicht", summary="Op school is iemand bedreigd. De politie kwam haar eerder tegen. Thuis is het onrustig.")),
    Tip("da1", "daan", "jens", When(3, -8, "16:00"),
        "Jeugdige (13) gestopt met voetbal, blowt dagelijks volgens moeder. Moeder wil hulp, jeugdige niet.",
        HEARSAY, INVOLVED, (T.HEALTH, T.HOME), informed=("no", "yes"), because="Moeder wil het eerst zelf zeggen.",
        outcome=_yes(3, -7, "jens", "leerplicht")),
    Tip("q1", "quinty", "jens", When(3, -6, "13:00"),
        "Groep van ongeveer 15 jongeren bij zorginstelling. Bewoners durven niet naar buiten. Vier namen bekend "
        "bij de straatcoach.",
        OBSERVED, INVOLVED, (T.NUISANCE, T.GROUP),
        outcome=Accepted(When(3, -5, "14:10"), TALK, ("jens", "halt", "politie"), also=("soufiane",))),
    # --- for the fourth -------------------------------------------------------------------------
    Tip("g1", "g", "jens", When(4, -7, "17:15"),
        "Broertje (9) loopt 's avonds met de groep mee. Oudste broer is al besproken.",
        OBSERVED, INVOLVED, (T.GROUP, T.HOME), outcome=_yes(4, -6, "jens", "leerplicht")),
    Tip("am1", "amine", "jens", When(4, -6, "18:00"),
        "Zegt tegen de straatcoach dat zij messen op vaste plekken verstoppen, 'voor als het nodig is'. Noemt "
        "geen plekken.",
        HEARSAY, INVOLVED, (T.WEAPONS, T.GROUP), Urgency.SOON, informed=("yes", "no"),
        because="Jongere vroeg om eerst met de straatcoach te praten.",
        location="Verzinselplein", outcome=_yes(4, -5, "politie", "jens")),
    Tip("l1", "levi", "politie", When(4, -8, "11:45"),
        "Zwaar vuurwerk gevonden in schuur bij jeugdige (16). Ouders werken mee.",
        FACT, SUSPECT, (T.VANDALISM,), ground=WPG, outcome=_yes(4, -7, "politie", "halt", summary="Er is gevaarlijk vuurwerk in beslag genomen. De ouders helpen mee.")),
    # --- for the fifth --------------------------------------------------------------------------
    Tip("d1", "d", "jens", When(5, -7, "12:30"),
        "Jongere (16) stond vorig jaar bij de kermis in een vechtpartij. Komt volgens de straatcoach dit jaar weer.",
        HEARSAY, SUSPECT, (T.VIOLENCE, T.GROUP),
        purpose="Vooraf thuis waarschuwen, zodat het niet opnieuw gebeurt.",
        outcome=Accepted(When(5, -6, "11:00"), TALK, ("jens", "politie_kerkrade", "politie"), also=("dani",),
                         told="Stond vorig jaar bij de kermis in een vechtpartij. Komt volgens de straatcoach dit jaar "
                              "weer.")),
    Tip("s1", "sem", "jeugdboa", When(5, -6, "14:20"),
        "Fatbike bekeurd, daarna uitgescholden. Derde keer in een maand. Toezicht, geen opsporing.",
        OBSERVED, INVOLVED, (T.NUISANCE,), capacity="supervision", outcome=_yes(5, -5, "halt", "jens")),
    Tip("fl1", "fleur", "politie", When(5, -8, "10:50"),
        "Vernieling bushokje, schade ongeveer 400 euro. Jeugdige (14) bekent bij de politie.",
        FACT, SUSPECT, (T.VANDALISM,), ground=WPG, outcome=_yes(5, -7, "halt", "politie", summary="Er is iets vernield en zij heeft het verteld. De schade is te herstellen.")),
    Tip("t1", "tygo", "politie", When(5, -6, "09:10"),
        "Twee keer in een maand betrokken bij een beroving in het park. Geen veroordeling. Hangt rond met jongens "
        "van boven de 18.",
        FACT, SUSPECT, (T.VIOLENCE, T.GROUP), Urgency.SOON, WPG,
        outcome=_yes(5, -5, "politie", "jens", "leerplicht", summary="De politie kent hem van zaken in het park en maakt zich zorgen over zijn oudere vrienden.")),
    Tip("j1", "jaimy", "leerplicht", When(5, -8, "09:00"),
        "Komt niet meer op school sinds een filmpje van hem rondging. Ouders weten niet wat ze moeten doen.",
        FACT, VICTIM, (T.ONLINE, T.TRUANCY), outcome=_yes(5, -7, "leerplicht", "jens")),
    Tip("bj1", "bjorn", "politie", When(5, -7, "15:00"),
        "Thuis weggelopen en bij vrienden gevonden. Vertelt dat er veel ruzie is. Er zijn geen strafbare feiten.",
        FACT, INVOLVED, (T.HOME,), ground=WPG, outcome=_yes(5, -6, "politie", "jens", "bjz", summary="Hij was een nacht weg van huis. Hij vertelt dat er thuis veel ruzie is.")),
    # --- for the sixth --------------------------------------------------------------------------
    Tip("th1", "thijs", "leerplicht", When(6, -8, "10:20"),
        "Komt vaak zonder eten op school en valt in slaap. Moeder is ziek. Vader is niet in beeld.",
        OPINION, INVOLVED, (T.HOME, T.HEALTH), outcome=_yes(6, -7, "leerplicht", "jens")),
    Tip("em1", "emine", "politie.kerkrade", When(6, -7, "16:30"),
        "Stond bij een groep die stenen gooide naar een bus. Zegt dat zij alleen keek. Twee getuigen zeggen dat ook.",
        FACT, WITNESS, (T.VANDALISM, T.GROUP), ground=WPG, outcome=_yes(6, -6, "politie_kerkrade", "jens", summary="Zij stond bij een groep waar het misging. Er is geen reden om te denken dat zij meedeed.")),
    Tip("zo1", "zoe", "mentor", When(6, -6, "12:10"),
        "Ouder bedreigde docent op het schoolplein. Leerling schaamt zich. Verzoek om zichtbare aanwezigheid.",
        OBSERVED, INVOLVED, (T.HOME, T.VIOLENCE), Urgency.SOON, outcome=_yes(6, -5, "politie", "leerplicht")),
    # --- for today ------------------------------------------------------------------------------
    Tip("i3", "ilyas", "wijkagent", When(7, -6, "09:50"),
        "Is gezien bij het plein met een mes in de broeksband. Liep weg toen hij ons zag. Niet aangehouden.",
        OBSERVED, SUSPECT, (T.WEAPONS, T.GROUP), Urgency.SOON, WPG, informed=("no", "no"),
        because="De politie wil eerst zelf met hem praten.", location="Verzinselplein", outcome=_yes(7, -5, feedback=KNOWN), news_is_seen=False),
    Tip("se2", "seyma", "politie", When(7, -5, "17:00"),
        "Het onderzoek loopt. Jeugdige is deze week twee nachten niet thuisgekomen. Ouders hebben haar gebeld.",
        FACT, VICTIM, (T.TRAFFICKING, T.HOME), Urgency.TODAY, WPG, informed=("yes", "no"),
        because="Uitgesteld op verzoek van de politie.", outcome=_yes(7, -4, feedback=KNOWN, summary="De zorgen over haar veiligheid zijn groter geworden."), news_is_seen=False),
    Tip("ai2", "aicha", "jens", When(7, -7, "14:40"),
        "Meldt zelf dat dezelfde jongens haar weer benaderen. Zij wil dat het stopt.",
        FACT, VICTIM, (T.ONLINE,),
        outcome=Accepted(When(7, -6, "11:30"), "Goed dat u dit meldt. Het dossier is weer open.", ("jens", "politie"),
                         reopens="Dezelfde jongens benaderen haar opnieuw. Zij vraagt zelf om hulp.")),
    Tip("lu1", "luca", "jeugdboa", When(7, -6, "15:55"),
        "Verkoopt volgens twee winkeliers vapes op het schoolplein. Wij zagen hem drie keer met een volle tas.",
        HEARSAY, INVOLVED, (T.DRUGS,), capacity="supervision", informed=("no", "no"),
        because="Wij hebben hem nog niet gesproken.",
        outcome=_yes(7, -5, "jens", "leerplicht", "politie"), news_is_seen=False),
    # --- for the next ---------------------------------------------------------------------------
    Tip("ni1", "nina", "leerplicht", When(7, -3, "13:40"),
        "Is gestopt met eten op school en draagt lange mouwen in de gymzaal. Zegt dat er thuis niets is.",
        OPINION, INVOLVED, (T.HEALTH, T.HOME), outcome=_yes(7, -2, "leerplicht", "jens"), news_is_seen=False),
]  # fmt: skip
