from django.db import transaction
from tests.bad_input.browser import *

def test_probe(undone, client_of):
    for who in ("regisseur","beheerder","mentor","wijkagent","lja_heerlen","jongerenwerker"):
        client = client_of(who)
        import time; t=time.time()
        found = forms_of(client, undone)
        print("\n==", who, round(time.time()-t,1), len(found))
        for name,(url,form) in sorted(found.items()):
            if name=="accounts:logout": continue
            answers=filled(form)
            with transaction.atomic():
                a=post(client,url,answers)
                transaction.set_rollback(True)
            print(name, a.status_code, {k:(f.kind, answers[k][:1]) for k,f in form.items()} if a.status_code not in (303,) else sorted(form))
            if a.status_code==500: print(repr(a.exc_info))
