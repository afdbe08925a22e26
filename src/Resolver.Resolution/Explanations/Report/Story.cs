using System.Text;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>A core told from what the user asked for downwards.</summary>
/// <remarks>
/// Facts are merged into clauses first: one requirement of several runs of versions, several requirements of the same
/// versions. Clauses are told depth first along what they require, so that each line speaks of what was named before
/// it; what was told already is referred to by number. Where several lines ask for the same project and nothing meets
/// all of them, that is said last. Few lines become one or two sentences.
/// </remarks>
internal sealed class Story
{
    private const int MostInSentences = 4;
    private const int MostLines = 60;

    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly List<Assumption> ordered = [];
    private readonly List<Clause> clauses = [];
    private readonly Dictionary<VariableId, List<RequirementId>> asking = [];
    private readonly Dictionary<VariableId, HashSet<int>> relevant = [];
    private readonly Dictionary<VariableId, List<string>> versions = [];
    private readonly List<Line> lines = [];
    private bool showsPlaces = true;
    private readonly Dictionary<VariableId, Line> expanded = [];

    private readonly (string Root, string Name)? supposed;

    /// <param name="supposed">A root that is no wish but a supposition, and how to call it.</param>
    public Story(
        Problem problem,
        IProblemText text,
        IReadOnlyList<Assumption> core,
        (string Root, string Name)? supposed = null
    )
    {
        (this.problem, this.text, this.supposed) = (problem, text, supposed);
        Order(core);
        // Two cycles that differ only in which extra closes them read the same.
        Facts =
        [
            .. ordered
                .Select(Public)
                .DistinctBy(
                    object (fact) =>
                        fact is Fact.BuildCycle cycle ? string.Join('\n', cycle.Steps.Select(each => each.Text)) : fact
                ),
        ];
        foreach (var requires in ordered.OfType<Assumption.Requires>())
        {
            var target = problem.Target(requires.Id);
            if (!asking.TryGetValue(target, out var ids))
                asking.Add(target, ids = []);
            if (!ids.Contains(requires.Id))
                ids.Add(requires.Id);
        }
        Merge();
    }

    /// <summary>The facts, roots first, each project's candidates behind the last requirement on it.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The whole story; several lines where it is long.</summary>
    public string Tell()
    {
        Outline();
        if (lines.Count <= MostInSentences && lines.TrueForAll(each => each.Number == 0))
            return $"{Head}: {Sentences()}.";
        var told = new StringBuilder(Head).Append('.');
        foreach (var line in lines.Where(each => each.Text.Length > 0).Take(MostLines))
        {
            told.Append('\n').Append(' ', 2 * line.Depth);
            if (line.Number > 0)
                told.Append(System.Globalization.CultureInfo.InvariantCulture, $"({line.Number}) ");
            told.Append(Capital(line.Text))
                .Append(
                    string.Concat(
                        line.SeeAlso.Where(other => other.Number > 0).Select(other => $" (see {other.Number})")
                    )
                )
                .Append('.');
        }
        if (lines.Count > MostLines)
            told.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\nAnd {lines.Count - MostLines} more lines of this kind; --format json has every fact."
            );
        return told.ToString();
    }

    private string Head =>
        supposed is { } each ? $"There is no plan with {each.Name}"
        : IsBatchOnly ? "There is no plan for the batch"
        : "There is no plan";

    private bool IsBatchOnly => lines.Count(each => each.IsRoot) == 1 && lines[0].IsBatch;

    /// <summary>The same as one line about something that is taken for granted: what asked for it is not said again,
    /// other roots are simply there.</summary>
    /// <param name="granted">The text of the root the line is about.</param>
    /// <param name="others">What is to be said of the other roots.</param>
    public string TellReason(string granted, string others = "is ordered")
    {
        showsPlaces = false;
        Outline();
        var roots = ordered
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is null && text.TextOf(each.Id) != granted)
            .Select(each => text.TextOf(each.Id))
            .Distinct()
            .ToList();
        var constraints = ordered
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is null && text.RoleOf(each.Id) == Role.Constraint)
            .Select(each => text.TextOf(each.Id))
            .ToHashSet();
        // That the two cannot both be had is what the line is about.
        var told = lines
            .Where(each =>
                !each.IsRoot
                && !(
                    each.IsConclusion && roots.Count > 0 && lines.Exists(other => !other.IsRoot && !other.IsConclusion)
                )
            )
            .Select(each => each.Text)
            .Concat(
                roots.Select(each => constraints.Contains(each) ? $"your constraints say {each}" : $"{each} {others}")
            );
        return string.Join("; ", told);
    }

    /// <summary>The same as one line about a build whose environment the problem is: what is asked for is what it
    /// needs.</summary>
    public string TellBuild()
    {
        const string asked = "you ask for ";
        showsPlaces = false;
        Outline();
        return string.Join(
            "; ",
            lines.Select(each =>
                each.IsRoot && each.Text.StartsWith(asked, StringComparison.Ordinal)
                    ? $"it needs {each.Text[asked.Length..]}"
                    : each.Text
            )
        );
    }

    /// <summary>Breadth first from the roots along the requirements of the core, so that every fact speaks of what
    /// was named before it.</summary>
    private void Order(IReadOnlyList<Assumption> core)
    {
        var requires = core.OfType<Assumption.Requires>().ToList();
        var told = new HashSet<Assumption>();
        var queue = new Queue<VariableId>();
        var seen = new HashSet<VariableId>();
        foreach (var root in requires.Where(each => each.Source is null))
            Visit(root);
        while (queue.TryDequeue(out var project))
        {
            foreach (var each in requires.Where(each => each.Source == project).OrderBy(each => each.First))
                Visit(each);
        }
        foreach (var rest in requires)
            Visit(rest);
        foreach (var cycle in core.OfType<Assumption.Cycle>())
            ordered.Add(cycle);
        foreach (
            var unfit in core.OfType<Assumption.Unfit>()
                .OrderBy(each => text.ProjectOf(each.Project), StringComparer.Ordinal)
        )
            ordered.Add(unfit);
        foreach (
            var closed in core.OfType<Assumption.NoOthers>()
                .OrderBy(each => text.ProjectOf(each.Project), StringComparer.Ordinal)
        )
            ordered.Add(closed);

        void Visit(Assumption.Requires fact)
        {
            if (!told.Add(fact))
                return;
            ordered.Add(fact);
            if (seen.Add(problem.Target(fact.Id)))
                queue.Enqueue(problem.Target(fact.Id));
        }
    }

    /// <summary>One clause for the same requirement of several runs, then one for the same versions with several
    /// requirements.</summary>
    private void Merge()
    {
        var single = ordered
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is not null)
            .GroupBy(each =>
                (
                    Source: each.Source!.Value,
                    Text: text.TextOf(each.Id),
                    Role: text.RoleOf(each.Id),
                    Extra: ExtraOf(each.Id)
                )
            )
            .Select(group => new Clause(
                group.Key.Source,
                [.. group.SelectMany(each => Run(each)).Distinct().Order().Where(Relevant(group.Key.Source).Contains)],
                [group.Key.Text],
                [.. group.Select(each => problem.Target(each.Id)).Distinct()],
                group.Key.Role,
                group.Key.Extra
            ));
        clauses.AddRange(
            single
                .Where(each => each.Candidates.Count > 0)
                .GroupBy(each => (each.Source, each.Role, each.Extra, string.Join(' ', each.Candidates)))
                .Select(group =>
                    group.First() with
                    {
                        Texts = [.. group.SelectMany(each => each.Texts)],
                        Targets = [.. group.SelectMany(each => each.Targets).Distinct()],
                    }
                )
        );
    }

    private IEnumerable<int> Run(Assumption.Requires fact) =>
        Enumerable.Range(
            fact.First,
            Math.Max(0, Math.Min(fact.Last, problem.CandidateCount(fact.Source!.Value) - 1) - fact.First + 1)
        );

    /// <summary>The candidates that something of the core asks for: of others nothing needs to be said.</summary>
    private HashSet<int> Relevant(VariableId project)
    {
        if (!relevant.TryGetValue(project, out var known))
            relevant.Add(project, known = FindRelevant(project));
        return known;
    }

    private HashSet<int> FindRelevant(VariableId project)
    {
        var count = problem.CandidateCount(project);
        var words = new ulong[(count + 63) / 64];
        foreach (var id in asking.GetValueOrDefault(project, []).Where(id => !problem.AllowsAbsence(id)))
            problem.Satisfying(id, words);
        return [.. Enumerable.Range(0, count).Where(i => (words[i >> 6] >> i & 1) != 0)];
    }

    private string ExtraOf(RequirementId id)
    {
        var extras = new List<string>();
        foreach (var condition in problem.Conditions(id))
        {
            if (condition.Active)
                extras.Add(text.VersionOf(condition.Extra, 0));
        }
        return string.Join(',', extras);
    }

    private void Outline()
    {
        if (lines.Count > 0)
            return;
        var roots = ordered.OfType<Assumption.Requires>().Where(each => each.Source is null).ToList();
        var asked = Texts(
            roots.Where(each =>
                text.RoleOf(each.Id) != Role.Constraint
                && !text.IsGiven(each.Id)
                && text.TextOf(each.Id) != supposed?.Root
            )
        );
        var given = Texts(roots.Where(each => text.RoleOf(each.Id) != Role.Constraint && text.IsGiven(each.Id)));
        var constraints = Texts(roots.Where(each => text.RoleOf(each.Id) == Role.Constraint));
        if (asked.Count == 0 && given.Count == 0 && supposed is not null)
        {
            var wish = new Line(0, "") { IsRoot = true };
            lines.Add(wish);
            Follow(wish, [.. roots.Select(each => problem.Target(each.Id)).Distinct()]);
        }
        if (asked.Count > 0)
            Add(0, $"you ask for {Listing.And(asked)}", roots, false);
        if (given.Count > 0)
            Add(
                0,
                $"{Listing.And([.. given.Select(each => each.Replace("==", " ", StringComparison.Ordinal))])} {(given.Count == 1 ? "is" : "are")} in the batch",
                roots,
                true
            );
        if (constraints.Count > 0)
            lines.Add(new Line(0, $"your constraints say {Listing.And(constraints)}") { IsRoot = true });
        foreach (
            var rest in clauses
                .Select(each => each.Source)
                .Distinct()
                .Where(each => !expanded.ContainsKey(each))
                .ToList()
        )
            Expand(rest, 1, lines[^1]); // what no root of the core leads to
        foreach (var cycle in ordered.OfType<Assumption.Cycle>())
            lines.Add(new Line(0, Sentence(cycle)) { IsConclusion = true });
        foreach (var project in asking.Keys.Where(each => !text.IsExtra(each)).ToList())
        {
            if (Conclusion(project) is { } conclusion)
                lines.Add(new Line(0, conclusion) { IsConclusion = true });
        }
        var number = 0;
        var referred = lines.SelectMany(each => each.SeeAlso).ToHashSet();
        foreach (var line in lines.Where(referred.Contains))
            line.Number = ++number;

        void Add(int depth, string sentence, List<Assumption.Requires> all, bool isGiven)
        {
            var targets = all.Where(each => text.RoleOf(each.Id) != Role.Constraint && text.IsGiven(each.Id) == isGiven)
                .Select(each => problem.Target(each.Id))
                .Distinct()
                .ToList();
            var line = new Line(depth, sentence) { IsRoot = true, IsBatch = isGiven };
            lines.Add(line);
            Follow(line, targets);
        }
    }

    private List<string> Texts(IEnumerable<Assumption.Requires> facts) =>
        [.. facts.Select(each => text.TextOf(each.Id)).Distinct()];

    /// <summary>What the targets of a line are in turn, below it; said in the line itself where there is none of
    /// one.</summary>
    private void Follow(Line line, IReadOnlyList<VariableId> targets)
    {
        foreach (var target in targets.Where(each => !text.IsExtra(each)))
        {
            if (expanded.TryGetValue(target, out var known))
            {
                if (known != line)
                    line.SeeAlso.Add(known);
            }
            else if (Closer(target) is { } closer)
            {
                line.Text += $", but {closer}";
                line.IsClosed = true;
            }
            else
            {
                Expand(target, line.Depth + 1, line);
            }
        }
    }

    private void Expand(VariableId project, int depth, Line parent)
    {
        if (expanded.ContainsKey(project))
            return;
        var first = lines.Count;
        expanded[project] = parent; // for circles; corrected below
        foreach (var unfit in ordered.OfType<Assumption.Unfit>().Where(each => each.Project == project))
        {
            foreach (var sentence in Unfit(unfit))
                lines.Add(new Line(depth, sentence) { IsClosed = true });
        }
        foreach (
            var clause in clauses
                .Where(each => each.Source == project)
                .OrderByDescending(each => each.Candidates[^1])
                .ToList()
        )
        {
            var line = new Line(depth, Sentence(clause));
            if (lines.Count == first)
                expanded[project] = line;
            lines.Add(line);
            Follow(line, clause.Targets);
        }
        if (lines.Count == first)
            expanded.Remove(project);
    }

    /// <summary>That nothing of the project is fit, where one requirement alone asks for it; null where there is more
    /// to say.</summary>
    private string? Closer(VariableId project)
    {
        if (
            !ordered.Contains(new Assumption.NoOthers(project))
            || Relevant(project).Count > 0
            || asking[project].Select(text.TextOf).Distinct().Count() > 1
        )
            return null;
        return OnlyThere(project);
    }

    private string OnlyThere(VariableId project)
    {
        var count = problem.CandidateCount(project);
        if (count == 0 && text.PlacesWithoutVersion(project) is [var first, ..] files)
        {
            var more = files.Count > 1 ? $" and {files.Count - 1} more" : "";
            return $"{text.ProjectOf(project)} is in the archive ({first}{more}), but its version is unknown";
        }
        if (count == 0)
            return $"there is no {text.ProjectOf(project)} in the archive";
        var place =
            Versions(project, 0, count - 1).Count == 1 && Place(project, count - 1) is { } path ? $" ({path})" : "";
        return $"of {text.ProjectOf(project)} there is only {Range(project, [.. Enumerable.Range(0, count)])}{place}";
    }

    /// <summary>That nothing meets all that is asked of a project, where several ask; null where that is no fact of
    /// the core, or was said.</summary>
    private string? Conclusion(VariableId project)
    {
        var asked = asking.GetValueOrDefault(project, []);
        if (asked.Select(text.TextOf).Distinct().Count() < 2)
            return null;
        var told = clauses.Where(each => each.Source == project).SelectMany(each => each.Candidates).ToHashSet();
        foreach (var unfit in ordered.OfType<Assumption.Unfit>().Where(each => each.Project == project))
            told.UnionWith(
                Enumerable
                    .Range(0, problem.CandidateCount(project))
                    .Where(i => text.WhyUnusable(project, i)?.Why == unfit.Why)
            );
        if (Relevant(project) is { Count: > 0 } relevant && relevant.IsSubsetOf(told))
            return null;
        var name = text.ProjectOf(project);
        if (asked.TrueForAll(text.IsGiven))
            return $"only one version of {name} can be installed";
        var bounds = asked.Select(text.BoundOf).Where(each => each.Length > 0).Distinct().ToList();
        if (problem.CandidateCount(project) == 0 || bounds.Count < 2)
            return OnlyThere(project);
        var all = bounds.Count == 2 ? $"both {bounds[0]} and {bounds[1]}" : $"{Listing.And(bounds)} at once";
        if (
            SpecifierSet.TryParse(string.Join(',', bounds)) is { Success: true, Value: var set }
            && (set.IsUnsatisfiable || set.Ranges.IsEmpty)
        )
            return $"no {name} is {all}";
        return told.Count > 0
            ? $"no other {name} that is there is {all}"
            : $"{OnlyThere(project)}, {(Versions(project, 0, problem.CandidateCount(project) - 1).Count == 1 ? "which is not" : "none of them")} {all}";
    }

    private string Sentences()
    {
        var body = lines.Where(each => !each.IsRoot && !each.IsConclusion).ToList();
        var roots = string.Join(", and ", lines.Where(each => each.IsRoot).Select(each => each.Text));
        var conclusions = lines.Where(each => each.IsConclusion).Select(each => each.Text).ToList();
        if (body.Count == 0)
            return conclusions.Count == 0 ? WithoutBut(roots)
                : roots.Length == 0 ? string.Join(", and ", conclusions)
                : $"{roots}, but {string.Join(", and ", conclusions)}";
        var isChain =
            body.Select((line, i) => line.Depth == i + 1 && (i == body.Count - 1 || !line.IsClosed)).All(each => each)
            && lines.Count(each => each.IsRoot) == 1
            && (conclusions.Count == 0 || !body[^1].IsClosed);
        if (isChain)
        {
            // The last link says what fails; a clause that does so itself has its own 'but'. That a thing of the
            // batch is in the batch goes without saying.
            List<string> links =
            [
                .. roots.Length == 0 || IsBatchOnly ? [] : (string[])[roots],
                .. body.Select(each => each.Text),
                .. conclusions,
            ];
            var closed = conclusions.Count == 0 && body[^1].Text.Contains(", but ", StringComparison.Ordinal);
            // A build is a sentence of its own: it begins with what it is for.
            var told = new StringBuilder(links[0]);
            foreach (var (i, link) in links.Skip(1).Index())
            {
                if (link.StartsWith("to build ", StringComparison.Ordinal))
                    told.Append(". ").Append(Capital(link));
                else
                    told.Append(i == links.Count - 2 && !closed ? ", but " : "; ").Append(link);
            }
            return told.ToString();
        }
        var middle = string.Join(body.Exists(each => each.IsClosed) ? "; " : ", and ", body.Select(each => each.Text));
        var start = roots.Length == 0 ? middle : $"{roots}. {Capital(middle)}";
        return conclusions.Count == 0 ? start : $"{start}, but {string.Join(", and ", conclusions)}";
    }

    private string Sentence(Assumption.Cycle cycle) =>
        cycle.Nogood is { Certificate: FailedBuild failed, Terms: [var built] }
            ? $"{text.ProjectOf(built.Variable)} {Range(built.Variable, [.. built.Candidates])} cannot be used: it {failed.Reason}"
            : $"the builds wait for each other: {string.Join("; ", CycleSteps(cycle).Select(each => each.Text))}";

    /// <summary>Where nothing stands before it.</summary>
    private static string WithoutBut(string sentence) =>
        sentence.StartsWith(", but ", StringComparison.Ordinal) ? sentence[", but ".Length..] : sentence;

    private string Sentence(Clause clause)
    {
        var extra = clause.Extra.Length > 0 ? $"[{clause.Extra}]" : "";
        var who = $"{text.ProjectOf(clause.Source)}{extra} {Range(clause.Source, clause.Candidates)}";
        var (all, several) = (Completeness(clause), Distinct(clause) > 1);
        if (clause.Role != Role.Build)
            return $"{who}{all} {(several ? "need" : "needs")} {Listing.And(Plain(clause.Texts))}";
        var place = !several && Place(clause.Source, clause.Candidates[^1]) is { } path ? $" ({path})" : "";
        return $"to build {who}{place}{(all.Length == 0 ? "," : all)} {Listing.And(Plain(clause.Texts))} {(clause.Texts.Count > 1 ? "are" : "is")} needed";
    }

    private string? Place(VariableId project, int candidate) => showsPlaces ? text.PlaceOf(project, candidate) : null;

    /// <summary>Without their markers, which hold.</summary>
    private static List<string> Plain(IReadOnlyList<string> requirements) =>
        [.. requirements.Select(each => each.Split(';')[0].TrimEnd()).Distinct()];

    private int Distinct(Clause clause) =>
        clause.Candidates.Select(i => text.VersionOf(clause.Source, i)).Distinct().Count();

    /// <summary>Whether a clause speaks of everything there is: then nothing else needs to be looked at.</summary>
    private string Completeness(Clause clause)
    {
        var asked = asking.GetValueOrDefault(clause.Source, []);
        if (!ordered.Contains(new Assumption.NoOthers(clause.Source)) || asked.Exists(text.IsGiven))
            return "";
        var several = Distinct(clause) > 1;
        if (clause.Candidates.Count == problem.CandidateCount(clause.Source))
            return several ? ", all there are," : ", the only one there is,";
        return Relevant(clause.Source).SetEquals(clause.Candidates)
            ? several
                ? ", all that fit,"
                : ", the only one that fits,"
            : "";
    }

    private IEnumerable<string> Unfit(Assumption.Unfit unfit)
    {
        var relevant = Relevant(unfit.Project);
        var barred = Enumerable
            .Range(0, problem.CandidateCount(unfit.Project))
            .Where(i =>
                text.WhyUnusable(unfit.Project, i)?.Why == unfit.Why && (relevant.Count == 0 || relevant.Contains(i))
            )
            .GroupBy(i => text.WhyUnusable(unfit.Project, i)!.Detail);
        foreach (var group in barred)
        {
            var versions = Range(unfit.Project, [.. group]);
            var several = group.Select(i => text.VersionOf(unfit.Project, i)).Distinct().Count() > 1;
            var place =
                !several
                && unfit.Why is "metadata" or "tags" or "policy"
                && Place(unfit.Project, group.Last()) is { } path
                && !group.Key.Contains(path, StringComparison.Ordinal)
                    ? $" ({path})"
                    : "";
            var pronoun =
                unfit.Why is "metadata" or "pinned" ? ""
                : several ? "each "
                : "it ";
            yield return $"{text.ProjectOf(unfit.Project)} {versions}{place} cannot be used: {pronoun}{group.Key}";
        }
    }

    private Fact Public(Assumption assumption) =>
        assumption switch
        {
            Assumption.Requires { Source: null } root => new Fact.Requires(
                null,
                [],
                text.TextOf(root.Id),
                text.RoleOf(root.Id)
            ),
            Assumption.Requires each => new Fact.Requires(
                text.ProjectOf(each.Source!.Value),
                Versions(each.Source.Value, each.First, each.Last),
                text.TextOf(each.Id),
                text.RoleOf(each.Id)
            )
            {
                Files = Files(each.Source.Value, Run(each)),
            },
            Assumption.NoOthers each => new Fact.Candidates(
                text.ProjectOf(each.Project),
                Versions(each.Project, 0, problem.CandidateCount(each.Project) - 1)
            )
            {
                Files = Files(each.Project, Enumerable.Range(0, problem.CandidateCount(each.Project))),
            },
            Assumption.Unfit each => new Fact.Unusable(
                text.ProjectOf(each.Project),
                UnfitVersions(each, out var detail),
                each.Why,
                detail
            )
            {
                Files = Files(
                    each.Project,
                    Enumerable
                        .Range(0, problem.CandidateCount(each.Project))
                        .Where(i => text.WhyUnusable(each.Project, i)?.Why == each.Why)
                ),
            },
            Assumption.Cycle { Nogood: { Certificate: FailedBuild failed } nogood } => new Fact.Unusable(
                text.ProjectOf(nogood.Terms[0].Variable),
                [
                    .. nogood
                        .Terms[0]
                        .Candidates.Select(each => text.VersionOf(nogood.Terms[0].Variable, each))
                        .Distinct(),
                ],
                "build",
                failed.Reason
            )
            {
                Files = Files(nogood.Terms[0].Variable, nogood.Terms[0].Candidates),
            },
            Assumption.Cycle each => new Fact.BuildCycle(CycleSteps(each)),
            _ => throw new ArgumentOutOfRangeException(nameof(assumption)),
        };

    private List<string> Files(VariableId project, IEnumerable<int> candidates) =>
        [
            .. candidates
                .Select(i => text.PlaceOf(project, i))
                .OfType<string>()
                .Where(each => each != "installed")
                .Distinct(),
        ];

    private List<string> Versions(VariableId project, int first, int last) =>
        [
            .. Enumerable
                .Range(first, Math.Max(0, Math.Min(last, problem.CandidateCount(project) - 1) - first + 1))
                .Select(i => text.VersionOf(project, i))
                .Distinct(),
        ];

    private List<string> UnfitVersions(Assumption.Unfit unfit, out string detail)
    {
        detail = "";
        var versions = new List<string>();
        for (var i = 0; i < problem.CandidateCount(unfit.Project); i++)
        {
            if (text.WhyUnusable(unfit.Project, i) is { } reason && reason.Why == unfit.Why)
            {
                versions.Add(text.VersionOf(unfit.Project, i));
                detail = reason.Detail;
            }
        }
        return [.. versions.Distinct()];
    }

    private List<BuildCycleStep> CycleSteps(Assumption.Cycle cycle)
    {
        if (cycle.Nogood.Certificate is not BuildCycle certificate)
            return [];
        return
        [
            .. certificate.Edges.Select(edge =>
            {
                var candidates =
                    cycle.Nogood.Terms.FirstOrDefault(each => each.Variable == edge.Source)?.Candidates ?? [];
                return new BuildCycleStep(
                    text.ProjectOf(edge.Source),
                    [.. candidates.Select(i => text.VersionOf(edge.Source, i)).Distinct()],
                    Range(edge.Source, [.. candidates]),
                    text.TextOf(edge.Requirement),
                    problem.IsBuildRequirement(edge.Requirement) ? Role.Build : Role.Runtime
                );
            }),
        ];
    }

    /// <summary>Neighbours of three or more as first to last: <c>1.0, 1.2 and 2.0 to 2.5</c>.</summary>
    /// <param name="candidates">Ascending.</param>
    private string Range(VariableId project, IReadOnlyList<int> candidates)
    {
        if (candidates.Count == 1)
            return text.VersionOf(project, candidates[0]);
        if (!versions.TryGetValue(project, out var all))
            versions.Add(project, all = Versions(project, 0, problem.CandidateCount(project) - 1));
        var places = candidates.Select(i => all.IndexOf(text.VersionOf(project, i))).Distinct().Order().ToList();
        var parts = new List<string>();
        for (var i = 0; i < places.Count;)
        {
            var end = i;
            while (end + 1 < places.Count && places[end + 1] == places[end] + 1)
                end++;
            if (end - i >= 2)
                parts.Add($"{all[places[i]]} to {all[places[end]]}");
            else
                parts.AddRange(places.Skip(i).Take(end - i + 1).Select(place => all[place]));
            i = end + 1;
        }
        return parts.Count <= 6 ? Listing.And(parts) : $"{parts.Count} ranges from {parts[0]} to {parts[^1]}";
    }

    private static string Capital(string sentence) =>
        sentence.StartsWith("you ", StringComparison.Ordinal)
        || sentence.StartsWith("your ", StringComparison.Ordinal)
        || sentence.StartsWith("to build ", StringComparison.Ordinal)
        || sentence.StartsWith("the builds ", StringComparison.Ordinal)
        || sentence.StartsWith("of ", StringComparison.Ordinal)
        || sentence.StartsWith("no ", StringComparison.Ordinal)
            ? char.ToUpperInvariant(sentence[0]) + sentence[1..]
            : sentence;

    /// <summary>Candidates of a project (ascending, never none) that have the same requirements.</summary>
    private sealed record Clause(
        VariableId Source,
        IReadOnlyList<int> Candidates,
        IReadOnlyList<string> Texts,
        IReadOnlyList<VariableId> Targets,
        Role Role,
        string Extra
    );

    private sealed class Line(int depth, string text)
    {
        public int Depth { get; } = depth;

        public string Text { get; set; } = text;

        public bool IsRoot { get; init; }

        public bool IsConclusion { get; init; }

        /// <summary>Whether it only says what is in the batch.</summary>
        public bool IsBatch { get; init; }

        /// <summary>Whether it says itself why it leads nowhere.</summary>
        public bool IsClosed { get; set; }

        public List<Line> SeeAlso { get; } = [];

        public int Number { get; set; }
    }
}
