package studio

// Funnel is how takes of a scope (a shot, an episode, a title) went from drawn to locked. Rates are left to whoever
// shows them, with their n beside: candidate hit rate = picked / takes; draw hit rate = picked / returned (a shot has one
// pick, so as many attempts hold a pick as shots do).
type Funnel struct {
	Shots       int64         `json:"shots"`
	Attempts    int64         `json:"attempts"`    // draws
	Returned    int64         `json:"returned"`    // draws that gave at least one take
	Takes       int64         `json:"takes"`       // drawn
	Seen        int64         `json:"seen"`        // takes that a reviewer has looked at or anybody has judged
	Shortlisted int64         `json:"shortlisted"` // takes that were ever shortlisted, or are picked now
	Picked      int64         `json:"picked"`      // takes that are the current pick of their shot
	Locked      int64         `json:"locked"`      // picks of locked shots
	Rejected    int64         `json:"rejected"`    // takes whose verdict now is rejected
	Waits       []Wait        `json:"waits"`
	Reasons     []ReasonCount `json:"reasons"`   // of the rejected takes, most frequent first
	Models      []FunnelGroup `json:"models"`    // most takes first
	Operators   []FunnelGroup `json:"operators"` // most takes first
	Usual       *Usual        `json:"usual,omitempty"`
}

// Wait is how long takes waited between two stages. The median is from a table of growing steps and right within a tenth.
type Wait struct {
	From   string `json:"from" enum:"drawn,seen,shortlisted,picked"`
	To     string `json:"to" enum:"seen,shortlisted,picked,locked"`
	N      int64  `json:"n"`
	Median int64  `json:"median_s"` // seconds
}

// ReasonCount is how often takes were rejected for one reason.
type ReasonCount struct {
	Reason string `json:"reason"`
	N      int64  `json:"n"`
}

// FunnelGroup is the part of a funnel that belongs to one model or one operator.
type FunnelGroup struct {
	ID       string        `json:"id"`   // a person's; empty for a model
	Name     string        `json:"name"` // empty: the model is not known
	Takes    int64         `json:"takes"`
	Picked   int64         `json:"picked"`
	Rejected int64         `json:"rejected"`
	Reasons  []ReasonCount `json:"reasons"`
}

// Usual is how many draws a pick of this kind usually takes on the title.
type Usual struct {
	Size   string `json:"size"`   // the shots compared have this size (景别); empty: all shots of the title, where too few have the same
	Median int64  `json:"median"` // draws up to the pick
	N      int64  `json:"n"`      // picked shots that it is taken from
}

// TitleFunnel is a title's funnel with the main figures of each episode.
type TitleFunnel struct {
	Funnel   Funnel          `json:"funnel"`
	Episodes []EpisodeFunnel `json:"episodes"`
}

// EpisodeFunnel is one line of a title's funnel.
type EpisodeFunnel struct {
	ID          string `json:"id"`
	Number      int    `json:"number"`
	Name        string `json:"name"`
	Shots       int64  `json:"shots"`
	Attempts    int64  `json:"attempts"`
	Returned    int64  `json:"returned"`
	Takes       int64  `json:"takes"`
	Seen        int64  `json:"seen"`
	Shortlisted int64  `json:"shortlisted"`
	Picked      int64  `json:"picked"`
	Locked      int64  `json:"locked"`
}
