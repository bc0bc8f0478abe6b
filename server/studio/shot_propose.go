package studio

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"chouka/server/studio/script"
	"chouka/store"
)

// ProposedShot is a shot as it may be added, with the lines of the scene it stands for.
type ProposedShot struct {
	ShotText
	Lines []string `json:"lines"` // ids of the scene's lines
}

// The rules of a proposal. Speech runs at about 4.1 characters a second (139 in 34 s of one evaluated episode).
const (
	spokenPerMinute = 246       // characters
	speechFloor     = 1500      // milliseconds
	actionFloor     = 3000      // milliseconds
	actionPart      = 60        // characters of action in one shot
	exchangeMost    = 24        // spoken characters of speeches that share a shot
	exchangeSides   = 3         // speeches that share a shot
	maxProposed     = 200       // shots that are proposed or added at once
	descriptionMost = textLimit // characters
)

// ProposeShots proposes shots for a scene out of its action and speech, by plain rules: one for each action, a long
// one in groups of sentences; one for each speech or short exchange. Lines that a shot stands for already are left out. Nothing is written.
func (s *Studio) ProposeShots(ctx context.Context, by Actor, sceneID string) ([]ProposedShot, error) {
	out := []ProposedShot{}
	err := s.view(ctx, func(tx store.Txn) error {
		scene, err := s.sceneFor(tx, by, sceneID, EditShots)
		if err != nil {
			return err
		}
		shots, err := s.sceneShots(tx, sceneID)
		if err != nil {
			return err
		}
		linked := map[string]bool{}
		for _, x := range shots {
			for _, id := range x.Lines {
				linked[id] = true
			}
		}
		out = propose(scene, linked)
		return nil
	})
	return out, err
}

// proposal gathers shots line by line.
type proposal struct {
	out      []ProposedShot
	speech   *ProposedShot // being filled
	speakers []string
	cues     int
	spoken   int // characters
}

func propose(scene *Scene, linked map[string]bool) []ProposedShot {
	p := proposal{out: []ProposedShot{}}
	for i := range scene.Lines {
		l, id := &scene.Lines[i], lineID(scene, i)
		if id == "" || linked[id] {
			p.close()
			continue
		}
		switch l.Kind {
		case script.KindAction:
			p.close()
			p.action(writtenText(l.Text), id)
		case script.KindSpeech:
			p.say(l, id)
		case script.KindScene, script.KindCast:
			p.close()
		}
	}
	p.close()
	return p.out[:min(len(p.out), maxProposed)]
}

// writtenText is a line as a shot can hold it, without the mark of an action before it.
func writtenText(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return cutText(strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), "△▲Δ∆◇")), descriptionMost)
}

func cutText(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// action proposes one shot for an action, or one for each group of its sentences.
func (p *proposal) action(text, id string) {
	for _, part := range sentenceGroups(text) {
		x := ProposedShot{Lines: []string{id}}
		x.Description, x.Size, x.Camera, x.Milliseconds = part, writtenSize(part), writtenCamera(part), actionFloor
		p.out = append(p.out, x)
	}
}

// sentenceGroups cuts a text behind whole sentences, so that each part has about actionPart characters.
func sentenceGroups(text string) []string {
	var out []string
	from, n := 0, 0
	for i, r := range text {
		n++
		end := i + utf8.RuneLen(r)
		next, _ := utf8.DecodeRuneInString(text[end:])
		if n >= actionPart && strings.ContainsRune("。！？!?；;…", r) && !strings.ContainsRune("。！？!?；;…”’」』）)", next) && end < len(text) {
			out = append(out, strings.TrimSpace(text[from:end]))
			from, n = end, 0
		}
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" {
		out = append(out, rest)
	}
	return out
}

// say adds a line of speech to the shot being filled, or begins another one.
func (p *proposal) say(l *script.Line, id string) {
	speeches := append([]script.Speech{{Speaker: l.Speaker, Mode: l.Mode, Manner: l.Manner, Said: l.Said}}, l.Also...)
	n := 0
	for _, x := range speeches {
		n += countSpoken(x.Said)
	}
	carries := l.More && p.speech != nil
	if p.speech != nil && !carries && (p.cues+len(speeches) > exchangeSides || p.spoken+n > exchangeMost) {
		p.close()
	}
	if p.speech == nil {
		p.speech = &ProposedShot{}
	}
	p.speech.Lines = append(p.speech.Lines, id)
	p.spoken += n
	for i, x := range speeches {
		p.speak(&x, carries && i == 0)
	}
}

// speak writes one speech into the dialogue; one that carries on follows its cue, or the line before, without a name.
func (p *proposal) speak(x *script.Speech, carries bool) {
	said, d := writtenText(x.Said), p.speech.Dialogue
	if d != "" && (!carries || !strings.HasSuffix(d, "：")) {
		d += "\n"
	}
	if carries {
		p.speech.Dialogue = d + said
		return
	}
	p.speech.Dialogue = d + cueOf(x) + said
	p.cues++
	for name := range strings.SplitSeq(writtenText(x.Speaker), "、") {
		if name != "" && !slices.Contains(p.speakers, name) {
			p.speakers = append(p.speakers, name)
		}
	}
}

// cueOf is the name before a speech, with how it is said.
func cueOf(x *script.Speech) string {
	name := writtenText(x.Speaker)
	if x.Mode != "" {
		name += " " + x.Mode
	}
	if x.Manner != "" {
		name += "（" + writtenText(x.Manner) + "）"
	}
	if name == "" {
		return ""
	}
	return name + "："
}

func countSpoken(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// close ends the speech that is being filled.
func (p *proposal) close() {
	if p.speech == nil {
		return
	}
	x := p.speech
	x.Dialogue = cutText(x.Dialogue, descriptionMost)
	x.Characters = cutText(strings.Join(p.speakers, "、"), lineLimit)
	x.Milliseconds = min(max(speechFloor, (int64(p.spoken)*60_000/spokenPerMinute+99)/100*100), 3_600_000)
	p.out = append(p.out, *x)
	p.speech, p.speakers, p.cues, p.spoken = nil, nil, 0, 0
}

// writtenSize is the size of shot (景别) that the text itself names; nothing is guessed.
func writtenSize(text string) string {
	return firstWord(text, "大特写", "特写", "大远景", "远景", "大全景", "小全景", "全景", "中近景", "近景", "中景")
}

// writtenCamera is the movement of the camera (运镜) that the text itself names.
func writtenCamera(text string) string {
	return firstWord(text, "航拍", "俯拍", "仰拍", "跟拍", "推镜", "拉镜", "摇镜", "移镜", "升镜", "慢镜头", "慢动作", "主观镜头")
}

// firstWord is the word that stands first in the text; of those in one place the one that is named first.
func firstWord(text string, words ...string) string {
	best, at := "", len(text)
	for _, w := range words {
		if i := strings.Index(text, w); i >= 0 && i < at {
			best, at = w, i
		}
	}
	return best
}

// AddShots adds several shots at the end of a scene at once, all or none, as they were accepted from a proposal.
func (s *Studio) AddShots(ctx context.Context, by Actor, sceneID string, in []ProposedShot) ([]Shot, error) {
	return create(ctx, s, by, func(c *change) ([]Shot, error) {
		scene, err := s.sceneFor(c.tx, by, sceneID, EditShots)
		if err != nil {
			return nil, err
		}
		if len(in) == 0 || len(in) > maxProposed {
			return nil, wrong("shots", "一次请添加 1 到 200 个镜头", "add 1 to 200 shots at once")
		}
		shots, err := s.sceneShots(c.tx, sceneID)
		if err != nil {
			return nil, err
		}
		out := []Shot{}
		for i := range in {
			links, err := linksOf(scene, in[i].Lines)
			if err != nil {
				return nil, inShot(i, err)
			}
			x := Shot{ShotText: in[i].ShotText, Lines: links}
			if err := c.addShot(scene, &x, shots, ""); err != nil {
				return nil, inShot(i, err)
			}
			shots, out = append(shots, &x), append(out, x)
		}
		return out, c.note(event{Verb: "scene.shots_added", Kind: "scene", Object: sceneID, TitleID: scene.TitleID,
			Params: map[string]string{"label": scene.Label, "n": strconv.Itoa(len(out))}})
	})
}

// inShot says in which of the shots a refusal lies, from 1.
func inShot(i int, err error) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	n := strconv.Itoa(i + 1)
	t := Text{ZH: "第 " + n + " 个镜头：" + e.Text.ZH, EN: "shot " + n + ": " + e.Text.EN}
	return &Error{Kind: e.Kind, Code: e.Code, Text: t, Fields: []Field{{Location: "body.shots", Text: t}}}
}
