package studio

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/semaphore"
)

func TestSceneCode(t *testing.T) {
	for _, c := range []struct {
		label string
		place int
		want  string
	}{
		{"1-1", 9, "01"}, {"12-3", 9, "03"}, {"1-3A", 9, "03A"}, {"3a", 9, "03A"}, {"1－2", 9, "02"}, {"1.2", 9, "02"}, {"１－２", 9, "02"},
		{"第十二场", 9, "12"}, {"第1场", 9, "01"}, {"一", 9, "01"}, {"场1-1", 9, "01"}, {"EP001-SC002", 9, "09"},
		{"", 4, "04"}, {"+场", 5, "05"}, {"补拍", 6, "06"}, {"1-1234567890", 7, "07"}, {"<script>", 8, "08"}, {"-", 2, "02"}, {"A", 3, "03"}, {"1-100", 9, "100"},
	} {
		if got := sceneCode(c.label, c.place, map[string]bool{}); got != c.want {
			t.Errorf("%q at %d gives %q, want %q", c.label, c.place, got, c.want)
		}
	}
	taken := map[string]bool{}
	var got []string
	for range 3 {
		got = append(got, sceneCode("1-1", 1, taken))
	}
	if fmt.Sprint(got) != "[01 01X1 01X2]" {
		t.Errorf("equal labels give %v", got)
	}
}

func TestShotNumbers(t *testing.T) {
	for in, want := range map[string]string{"1": "001", "14": "014", "014": "014", "0014": "014", "14A": "014A", "14ab": "014ab", "14abc": "14abc", "1234": "1234",
		"100000": "100000", "0": "0", "A1": "A1", "": "", "１４": "１４", "14-2": "014-2", "-1": "-1", "99999999999999999999": "99999999999999999999"} {
		if got := padNumber(in); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
	taken := map[string]bool{}
	for i := range 30 {
		n := between("014", taken)
		want := fmt.Sprintf("014-%d", i-25)
		if i < 26 {
			want = "014" + string(rune('A'+i))
		}
		if n != want {
			t.Errorf("number %d between is %q, want %q", i, n, want)
		}
		taken[n] = true
	}
}

func TestNamingAShot(t *testing.T) {
	scene := &Scene{Episode: 5, CodeEpisode: 3, Code: "02"} // it stood in episode 3 first
	shots := []*Shot{{Number: "001"}, {Number: "014"}, {Number: "K-1"}}
	for _, c := range []struct {
		number string
		at     int
		want   string
	}{
		{"", 3, "E03-S02-015"}, {"", 1, "E03-S02-001A"}, {"", 2, "E03-S02-014A"}, {"", 0, "E03-S02-000A"}, {"7", 3, "E03-S02-007"}, {"K-2", 0, "E03-S02-K-2"},
	} {
		x := Shot{Number: c.number}
		if err := nameShot(&x, scene, shots, c.at); err != nil || x.Label != c.want {
			t.Errorf("%q at %d is %s, want %s; %v", c.number, c.at, x.Label, c.want, err)
		}
	}
	for _, n := range []string{"1", "14", "K-1"} {
		if err := nameShot(&Shot{Number: n}, scene, shots, 3); !IsKind(err, Invalid) {
			t.Errorf("%s is given twice: %v", n, err)
		}
	}
	long := &Scene{Episode: 120, CodeEpisode: 120, Code: "100A"}
	x := Shot{}
	if err := nameShot(&x, long, nil, 0); err != nil || x.Label != "E120-S100A-001" {
		t.Errorf("got %s, %v", x.Label, err)
	}
}

func TestPasswordsThatAreRefused(t *testing.T) {
	for _, bad := range []string{"", "1234567", "12345678", "00000000", "aaaaaaaa", "Password1!", "password", "P@ssw0rd2026", "qwertyuiop", "iloveyou", "woaini1314",
		"1qaz2wsx", "admin12345", "chouka2026", "CHOUKA!!!", "抽卡抽卡抽卡抽卡", "lili1234", "LiLi-2026", "过儿传媒2026!", "好好好好好好好好", strings.Repeat("x y", 43), "........", "abcd1234"} {
		if err := checkPassword("password", bad, "李丽", "lili", "过儿传媒"); !IsKind(err, Invalid) {
			t.Errorf("%q is taken: %v", bad, err)
		} else if bad != "" && bad != "password" && strings.Contains(err.Error(), bad) {
			t.Errorf("the refusal repeats the password: %v", err)
		}
	}
	for _, good := range []string{"一只白鹭飞过金沙湖", "correct horse", "lili likes tea", strings.Repeat("xy", 64), "        a", "passwordless", "\x00\x00\x00\x00abcd"} {
		if err := checkPassword("password", good, "李丽", "lili", "", " "); err != nil {
			t.Errorf("%q is refused: %v", good, err)
		}
	}
}

func TestPasswordHashes(t *testing.T) {
	s := &Studio{hashing: semaphore.NewWeighted(1)}
	hash, err := s.hashPassword(t.Context(), "一只白鹭")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	for password, want := range map[string]bool{"一只白鹭": true, "一只白鹭 ": false, "": false} {
		if got, err := s.passwordFits(t.Context(), hash, password); err != nil || got != want {
			t.Errorf("%q fits: %t, %v", password, got, err)
		}
	}
	if got, err := s.passwordFits(t.Context(), "", "一只白鹭"); err != nil || got {
		t.Errorf("no hash fits: %t, %v", got, err)
	}
	for _, bad := range []string{"x", "$argon2id$v=19$m=1$a$b", "$argon2id$v=19$m=19456,t=2,p=1$!$b", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$!"} {
		if got, err := s.passwordFits(t.Context(), bad, ""); err == nil || got {
			t.Errorf("%s fits", bad)
		}
	}
}

func TestWaitsGrowAndAreForgotten(t *testing.T) {
	tr, now := newTries(), time.Date(2027, 3, 5, 0, 0, 0, 0, time.UTC)
	for i, want := range []int{0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
		if got := tr.wait(now, "a", "other"); got != time.Duration(want)*time.Second {
			t.Errorf("after %d wrong guesses %s, want %d s", i, got, want)
		}
		tr.failed(now, "a")
	}
	if got := tr.wait(now.Add(299*time.Second), "a"); got != time.Second {
		t.Errorf("the wait does not run down: %s", got)
	}
	if got := tr.wait(now.Add(triesKept+1), "a"); got != 0 {
		t.Errorf("still waits %s", got)
	}
	tr.failed(now.Add(triesKept+1), "a")
	if got := tr.seen["a"].wrong; got != 1 {
		t.Errorf("%d wrong guesses remembered", got)
	}
	tr.succeeded("a")
	if len(tr.seen) != 0 {
		t.Error("a right guess clears nothing")
	}
	t.Run("a flood of names takes no endless memory", func(t *testing.T) {
		for i := range triesLimit + 5000 {
			tr.failed(now, fmt.Sprint("n", i))
		}
		if len(tr.seen) > triesLimit+1 {
			t.Errorf("%d names kept", len(tr.seen))
		}
	})
}

func TestNetworks(t *testing.T) {
	for in, want := range map[string]string{"10.0.0.1": "10.0.0.1", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64",
		"::ffff:10.0.0.1": "::ffff:10.0.0.1", "": "", "nonsense": "nonsense"} {
		if got := network(in); got != want {
			t.Errorf("%s is of %s, want %s", in, got, want)
		}
	}
}

func TestFileNames(t *testing.T) {
	for in, want := range map[string]string{"a.png": "a.png", `C:\图\a.png`: "a.png", "../../etc/passwd": "passwd", "": "file", ".": "file", "/": "file", "a\x00b.png": "ab.png",
		"gp\u202egnp.exe": "gpgnp.exe", "a\nb.png": "a b.png", strings.Repeat("长", 300) + ".png": strings.Repeat("长", 200), "..": ".."} {
		if got := fileName(in); got != want {
			t.Errorf("%q is kept as %q, want %q", in, got, want)
		}
	}
}

func TestEveryRefusalHasBothLanguages(t *testing.T) {
	kinds := []string{"title", "episode", "scene", "shot", "attempt", "take", "script", "location", "booking", "release", "reading", "person", "invite", "photo"}
	for _, k := range kinds {
		if x := kindText(k); x.EN == k && strings.Contains(k, "_") || x.ZH == "" || x.ZH == "内容" {
			t.Errorf("%s reads %+v", k, x)
		}
	}
	for _, code := range []string{"empty", "unknown_type", "truncated", "too_many_pixels", "lying", "svg", "no_video", "damaged", "heic", "too_slow", "later"} {
		if e := badMedia(code); e.Code != "media."+code || e.Text.ZH == "" || e.Text.EN == "" {
			t.Errorf("%s gives %+v", code, e)
		}
	}
	if len(Kinds()) != 12 {
		t.Errorf("%d kinds", len(Kinds()))
	}
}
