package staff_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/sqlitestore"
	"surveyd/internal/staff"
)

const (
	email    = "ana@example.org"
	password = "four unrelated words"
	here     = "192.0.2.7"
)

// office is a store with a clock that a test can move.
type office struct {
	*staff.Service
	store *sqlitestore.Store
	now   time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	store, err := sqlitestore.Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	o := &office{store: store, now: time.Date(2026, 10, 5, 16, 0, 0, 0, time.UTC)}
	o.Service = staff.NewService(store, func() time.Time { return o.now }, rand.Reader)
	return o
}

// newQuickOffice has passwords that are hashed cheaply.
func newQuickOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.HashCheaply()
	return o
}

func (o *office) add(t *testing.T) staff.Account {
	t.Helper()
	a, err := o.Add(context.Background(), staff.CommandLine, staff.NewAccount{Email: email, Role: staff.Researcher})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (o *office) withPassword(t *testing.T) {
	t.Helper()
	if err := o.SetPassword(context.Background(), staff.CommandLine, o.add(t), password); err != nil {
		t.Fatal(err)
	}
}

func (o *office) link(t *testing.T, kind staff.LinkKind) string {
	t.Helper()
	token, err := o.NewLink(context.Background(), staff.CommandLine, email, kind)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (o *office) actions(t *testing.T) []string {
	t.Helper()
	events, err := o.Events(context.Background(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, e := range slices.Backward(events) {
		actions = append(actions, e.Action)
	}
	return actions
}

func TestAnAccountIsCheckedBeforeItIsMade(t *testing.T) {
	o := newOffice(t)
	for name, test := range map[string]struct {
		in    staff.NewAccount
		field staff.Field
	}{
		"no e-mail":                 {staff.NewAccount{Role: staff.Administrator}, staff.FieldEmail},
		"not an e-mail":             {staff.NewAccount{Email: "ana", Role: staff.Administrator}, staff.FieldEmail},
		"a very long e-mail":        {staff.NewAccount{Email: strings.Repeat("a", 250) + "@x.org", Role: staff.Administrator}, staff.FieldEmail},
		"an unknown role":           {staff.NewAccount{Email: email, Role: "boss"}, staff.FieldRole},
		"no role":                   {staff.NewAccount{Email: email}, staff.FieldRole},
		"school staff of no school": {staff.NewAccount{Email: email, Role: staff.School}, staff.FieldSites},
		"a teacher of no school":    {staff.NewAccount{Email: email, Role: staff.Teacher, Groups: []string{"5A"}}, staff.FieldSites},
		"a teacher of no class":     {staff.NewAccount{Email: email, Role: staff.Teacher, Sites: []string{"North"}}, staff.FieldGroups},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.Add(context.Background(), staff.CommandLine, test.in)
			var field *staff.FieldError
			if !errors.As(err, &field) || field.Field != test.field {
				t.Errorf("got %v, want a problem of %s", err, test.field)
			}
		})
	}
	if got := o.actions(t); got != nil {
		t.Errorf("the audit log speaks of %v", got)
	}
}

func TestAnEMailHasOneAccountHoweverItIsWritten(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	_, err := o.Add(context.Background(), staff.CommandLine, staff.NewAccount{Email: " ANA@Example.org ", Role: staff.Administrator})
	if !errors.Is(err, fault.ErrExists) {
		t.Errorf("got %v, want ErrExists", err)
	}
}

func TestASignInWithThePasswordOpensASession(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	ctx := context.Background()
	token, err := o.SignIn(ctx, " Ana@example.ORG", password, here)
	if err != nil {
		t.Fatal(err)
	}
	who, err := o.Authenticate(ctx, token)
	if err != nil || who.ID != email || who.Role != staff.Researcher {
		t.Fatalf("got %v, %v", who, err)
	}
	if err := o.SignOut(ctx, token); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Authenticate(ctx, token); !errors.Is(err, staff.ErrSignedOut) {
		t.Errorf("after signing out: %v", err)
	}
	if err := o.SignOut(ctx, token); err != nil {
		t.Errorf("signing out again: %v", err)
	}
	if got, want := o.actions(t), []string{"account.add", "password.set", "sign-in", "sign-out"}; !slices.Equal(got, want) {
		t.Errorf("audit log: got %v, want %v", got, want)
	}
}

func TestAWrongPasswordAnUnknownAccountAndOneWithoutPasswordReadTheSame(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	ctx := context.Background()
	if _, err := o.Add(ctx, staff.CommandLine, staff.NewAccount{Email: "new@example.org", Role: staff.Administrator}); err != nil {
		t.Fatal(err)
	}
	for _, try := range [][2]string{
		{email, password + "!"}, {email, ""}, {"nobody@example.org", password}, {"new@example.org", ""},
		{email, strings.Repeat("long", 1000)},
	} {
		if _, err := o.SignIn(ctx, try[0], try[1], here); !errors.Is(err, staff.ErrWrongPassword) {
			t.Errorf("%s: got %v, want ErrWrongPassword", try[0], err)
		}
	}
}

// An answer that comes sooner for an unknown account would say who has one: both must wait for a hash of the same cost.
func TestAnUnknownAccountIsHashedForLikeAKnownOne(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	release := o.TakeTheTurn()
	for _, email := range []string{email, "nobody@example.org"} {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		if _, err := o.SignIn(ctx, email, "wrong password!", here); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: answered without a hash: %v", email, err)
		}
		cancel()
	}
	release()
	if _, err := o.SignIn(context.Background(), email, password, here); err != nil {
		t.Errorf("tries without a result count as failures: %v", err)
	}
}

func TestGuessesGetSlowerAndOnlyForWhoGuesses(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	ctx := context.Background()
	waits := []time.Duration{}
	for range 8 {
		_, err := o.SignIn(ctx, email, "wrong password!", here)
		var wait *staff.WaitError
		if errors.As(err, &wait) {
			waits = append(waits, wait.For)
			o.now = o.now.Add(wait.For)
			_, err = o.SignIn(ctx, email, "wrong password!", here)
		}
		if !errors.Is(err, staff.ErrWrongPassword) {
			t.Fatal(err)
		}
	}
	if want := []time.Duration{2 * time.Second, 4 * time.Second}; !slices.Equal(waits, want) {
		t.Errorf("waits: got %v, want %v", waits, want)
	}
	var wait *staff.WaitError
	if _, err := o.SignIn(ctx, email, password, here); !errors.As(err, &wait) {
		t.Errorf("even the right password waits: got %v", err)
	}
	if _, err := o.SignIn(ctx, email, password, "198.51.100.9"); err != nil {
		t.Errorf("the owner elsewhere is locked out: %v", err)
	}
	o.now = o.now.Add(time.Minute)
	if _, err := o.SignIn(ctx, email, password, here); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestManyGuessesAtOnceGainNothing(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	var tried, waited int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			_, err := o.SignIn(context.Background(), email, "wrong password!", here)
			var wait *staff.WaitError
			mu.Lock()
			defer mu.Unlock()
			if errors.As(err, &wait) {
				waited++
			} else {
				tried++
			}
		})
	}
	all.Wait()
	if tried != 6 || waited != 24 {
		t.Errorf("%d guesses were tried and %d had to wait, want 6 and 24", tried, waited)
	}
}

func TestASessionEndsTwelveHoursAfterItsLastUse(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	ctx := context.Background()
	token, err := o.TakeLink(ctx, o.link(t, staff.SignsIn), "")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		o.now = o.now.Add(11 * time.Hour)
		if _, err := o.Authenticate(ctx, token); err != nil {
			t.Fatalf("in use: %v", err)
		}
	}
	o.now = o.now.Add(12 * time.Hour)
	if _, err := o.Authenticate(ctx, token); !errors.Is(err, staff.ErrSignedOut) {
		t.Errorf("after twelve hours: %v", err)
	}
}

func TestASessionEndsAfterSevenDaysHoweverOftenItIsUsed(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	ctx := context.Background()
	token, err := o.TakeLink(ctx, o.link(t, staff.SignsIn), "")
	if err != nil {
		t.Fatal(err)
	}
	end := o.now.Add(7 * 24 * time.Hour)
	for ; o.now.Before(end); o.now = o.now.Add(6 * time.Hour) {
		if _, err := o.Authenticate(ctx, token); err != nil {
			t.Fatalf("%s before its end: %v", end.Sub(o.now), err)
		}
	}
	if _, err := o.Authenticate(ctx, token); !errors.Is(err, staff.ErrSignedOut) {
		t.Errorf("after seven days: %v", err)
	}
}

func TestSettingAPasswordThrowsOutWhoCameInBefore(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	ctx := context.Background()
	intruder, err := o.SignIn(ctx, email, password, "198.51.100.9")
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Minute)
	kept, owners := o.link(t, staff.SignsIn), o.link(t, staff.SetsPassword)
	o.now = o.now.Add(time.Minute)
	owner, err := o.TakeLink(ctx, owners, "four other words, new")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Authenticate(ctx, owner); err != nil {
		t.Errorf("who set the password is not signed in: %v", err)
	}
	if _, err := o.Authenticate(ctx, intruder); !errors.Is(err, staff.ErrSignedOut) {
		t.Errorf("the intruder's session: %v", err)
	}
	if _, _, err := o.LinkAccount(ctx, kept); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("looking at a link from before: %v", err)
	}
	if _, err := o.TakeLink(ctx, kept, ""); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a link from before: %v", err)
	}
	if _, err := o.TakeLink(ctx, o.link(t, staff.SignsIn), ""); err != nil {
		t.Errorf("a link from after: %v", err)
	}
}

func TestASignInUnderWayWhileThePasswordIsSetOpensNothing(t *testing.T) {
	o := newQuickOffice(t)
	o.withPassword(t)
	ctx := context.Background()
	release := o.TakeTheTurn()
	var moved sync.Mutex
	signedIn := make(chan string, 1)
	began := make(chan struct{})
	clock := o.now
	o.UseClock(func() time.Time {
		moved.Lock()
		defer moved.Unlock()
		return clock
	})
	go func() {
		close(began)
		token, err := o.SignIn(ctx, email, password, here)
		if err != nil {
			t.Error(err)
		}
		signedIn <- token
	}()
	<-began
	o.AwaitQueue(1)
	moved.Lock()
	clock = clock.Add(time.Second)
	moved.Unlock()
	a, err := o.store.Account(ctx, email)
	if err != nil {
		t.Fatal(err)
	}
	a.Renewed = clock
	if err := o.store.ReplaceAccount(ctx, a); err != nil {
		t.Fatal(err)
	}
	release()
	if _, err := o.Authenticate(ctx, <-signedIn); !errors.Is(err, staff.ErrSignedOut) {
		t.Errorf("got %v", err)
	}
}

func TestWhatHasExpiredIsDropped(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	ctx := context.Background()
	old := o.link(t, staff.SignsIn)
	o.now = o.now.Add(staff.LinkLifetime + time.Second)
	o.link(t, staff.SignsIn)
	if _, err := o.store.Link(ctx, staff.Digest(old)); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the expired link: %v", err)
	}
}

func TestALinkWorksOnceAndLookingAtItUsesNothingUp(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	ctx := context.Background()
	token := o.link(t, staff.SignsIn)
	for range 3 {
		if a, sets, err := o.LinkAccount(ctx, token); err != nil || a.ID != email || sets {
			t.Fatalf("got %v, %v, %v", a, sets, err)
		}
	}
	var took int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := o.TakeLink(ctx, token, ""); err == nil {
				mu.Lock()
				took++
				mu.Unlock()
			} else if !errors.Is(err, fault.ErrNotFound) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if took != 1 {
		t.Errorf("taken %d times", took)
	}
}

func TestALinkExpires(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	token := o.link(t, staff.SignsIn)
	o.now = o.now.Add(staff.LinkLifetime)
	if _, err := o.TakeLink(context.Background(), token, ""); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestALinkCannotBeTurnedIntoOneThatSetsAPassword(t *testing.T) {
	o := newOffice(t)
	o.add(t)
	token := o.link(t, staff.SignsIn)
	if _, err := o.TakeLink(context.Background(), string(staff.SetsPassword)+token[1:], password); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestALinkForAPasswordSetsItAndABadOneLeavesTheLink(t *testing.T) {
	o := newQuickOffice(t)
	o.add(t)
	ctx := context.Background()
	token := o.link(t, staff.SetsPassword)
	for bad, want := range map[string]staff.Problem{
		"": staff.TooShort, "eleven char": staff.TooShort, strings.Repeat("x", 600): staff.TooLong, "Ana@Example.org": staff.IsTheEmail,
	} {
		_, err := o.TakeLink(ctx, token, bad)
		var field *staff.FieldError
		if !errors.As(err, &field) || field.Problem != want {
			t.Errorf("password of %d characters: got %v, want %s", len(bad), err, want)
		}
	}
	if _, err := o.TakeLink(ctx, token, password); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SignIn(ctx, email, password, here); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

func TestNoTokenAndNoPasswordIsStored(t *testing.T) {
	o := newOffice(t)
	o.withPassword(t)
	ctx := context.Background()
	token, err := o.SignIn(ctx, email, password, here)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.Session(ctx, token); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the session is stored under its token: %v", err)
	}
	a, err := o.store.Account(ctx, email)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(a.Password, "$argon2id$v=19$m=65536,t=3,p=1$") || strings.Contains(a.Password, password) {
		t.Errorf("stored as %q", a.Password)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	for name, test := range map[string]struct {
		account  staff.Account
		sees     []string // site/group
		download bool
	}{
		"administrator":     {staff.Account{Role: staff.Administrator}, []string{"North/5A", "North/5B", "South/5A"}, true},
		"researcher":        {staff.Account{Role: staff.Researcher}, []string{"North/5A", "North/5B", "South/5A"}, true},
		"school":            {staff.Account{Role: staff.School, Sites: []string{"North"}}, []string{"North/5A", "North/5B"}, false},
		"teacher":           {staff.Account{Role: staff.Teacher, Sites: []string{"North"}, Groups: []string{"5A"}}, []string{"North/5A"}, false},
		"a role of old":     {staff.Account{Role: "guest", Sites: []string{"North"}}, nil, false},
		"a school of none":  {staff.Account{Role: staff.School}, nil, false},
		"a teacher of none": {staff.Account{Role: staff.Teacher, Groups: []string{"5A"}}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			var sees []string
			for _, place := range []string{"North/5A", "North/5B", "South/5A"} {
				site, group, _ := strings.Cut(place, "/")
				if test.account.Sees(site, group) {
					sees = append(sees, place)
				}
			}
			if !slices.Equal(sees, test.sees) || test.account.MayDownload() != test.download {
				t.Errorf("sees %v, downloads %v", sees, test.account.MayDownload())
			}
		})
	}
}
