from tests.handlers.troupe import *
def test_look(troupe, tess, ana):
    import time
    t=time.monotonic()
    told = tess.types(NEW)
    print(told.text, told.labels)
    print(time.monotonic()-t); t=time.monotonic()
    print(tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00").text)
    print(time.monotonic()-t); t=time.monotonic()
    print(troupe.said())
    print(ana.presses("Confirm"))
    print(time.monotonic()-t); t=time.monotonic()
    print(ana.says("can't make it"))
    print(troupe.said(), troupe.pinged())
    print(troupe.card())
    print(time.monotonic()-t); t=time.monotonic()
    troupe.move("2026-10-02 12:00")
    print(time.monotonic()-t); t=time.monotonic()
    print(troupe.said())
    print({k: len(v) for k,v in troupe.dump().items()})
    assert 0
