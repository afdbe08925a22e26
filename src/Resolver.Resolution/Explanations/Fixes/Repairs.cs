using Resolver.Packaging.Distributions;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Smallest changes after each of which there is a plan; every one is solved again on the whole problem
/// before it is offered.</summary>
/// <param name="supposed">The text of a root that is to stay: what it takes is the question.</param>
internal sealed class Repairs(Problem problem, IProblemText text, SolveBudget budget, string? supposed = null)
{
    private const int MostFixes = 8;

    /// <summary>Where there are as many, weak ones are not offered beside them: another version of what requires, or
    /// a requirement that is simply dropped.</summary>
    private const int EnoughFixes = 3;

    /// <summary>Facts that stood alone in the way: more of them are further ways to the same end.</summary>
    private const int MostHelpful = 4;

    /// <summary>From this rank on a fix is weak.</summary>
    private const int Weak = 8;

    /// <summary>Facts of one core that are tried: a core of hundreds has more of the same, and each try is a
    /// solve.</summary>
    private const int MostTried = 10;

    /// <summary>Reasons that one fix may do away with.</summary>
    private const int MostTogether = 64;

    /// <summary>Where what is asked can be changed beyond letting facts go; null for problems of other ecosystems and
    /// of several environments.</summary>
    private readonly CandidateProblem? own = problem as CandidateProblem;

    private readonly HashSet<Assumption> helpful = [];

    private RelaxedSolver? relaxed;

    /// <summary>Facts of the core that stood alone in the way, or that the fix for all cores together lets go: what
    /// is hinted at about others would not help.</summary>
    public IReadOnlySet<Assumption> Helpful => helpful;

    /// <summary>Best first.</summary>
    public IReadOnlyList<IReadOnlyList<FixAction>> Find(IReadOnlyList<Assumption> core)
    {
        relaxed = new RelaxedSolver(problem, text, budget, core);
        var fixes = new List<(int Rank, FixAction Action)>();
        var roots = new List<(int Place, Assumption.Requires Root, FoundSelection Without)>();
        var hopeless = new HashSet<Assumption>();
        // What lies deepest is told last and is let go first: it costs the least.
        foreach (
            var assumption in core.Where(each => IsActionable(each, core))
                .OrderBy(each => Rank(each, core))
                .ThenByDescending(each =>
                    each is Assumption.Requires { Source: not null } ? Place(core, each) : -Place(core, each)
                )
                .Take(MostTried)
        )
        {
            if (
                fixes.Count + roots.Count >= MostFixes
                || (fixes.Count + roots.Count >= EnoughFixes && Rank(assumption, core) >= 5)
            )
                break;
            if (!hopeless.Contains(assumption) && relaxed.Without([assumption]) is { } selection)
            {
                helpful.Add(assumption);
                // Where it is enough to ask for less, nothing has to go.
                var lesser = Lesser(assumption, selection);
                if (lesser is { } less)
                    fixes.Add(less);
                if (assumption is Assumption.Requires { Source: null } root && text.RoleOf(root.Id) != Role.Constraint)
                    roots.Add((fixes.Count, root, selection));
                else if (lesser is null)
                    fixes.AddRange(Actions(assumption, core, selection));
            }
            else
            {
                // What the rest is impossible without alone cannot help either.
                if (relaxed.Refutation is { } refutation)
                {
                    var used = MinimalCore.Assumptions(problem, text, refutation, []);
                    hopeless.UnionWith(core.Where(each => !used.Exists(other => Overlap(each, other))));
                }
                if (
                    assumption is Assumption.Unfit { Why: "policy" or "prerelease" } unfit
                    && Everywhere(unfit.Why) is { } everywhere
                )
                {
                    helpful.Add(assumption);
                    fixes.Add((0, everywhere));
                }
            }
            if (helpful.Count >= MostHelpful)
                break;
        }
        // When all is known of which roots can be had without which.
        roots.RemoveAll(each => !MayGo(each.Root, each.Without));
        foreach (var (place, root, _) in Enumerable.Reverse(roots))
            fixes.Insert(place, RootAction(root));
        if (BuildApart(core) is { } apart)
            fixes.Add((0, apart));
        if (
            Moved(core, roots.ConvertAll(each => each.Root), isLast: fixes.Count == 0) is { } moved
            && (own is null || !LetsIn() || HalvesAre(moved))
        )
            fixes.Add((5, Split(moved)));
        // To ask for nothing is no help, unless nothing else is.
        if (fixes.Exists(each => each.Action.Verb != "drop" || !IsOnlyRoot(each.Action)))
            fixes.RemoveAll(each => each.Action.Verb == "drop" && IsOnlyRoot(each.Action));
        if (fixes.Count > 0)
            return
            [
                .. fixes
                    .DistinctBy(each => (each.Action.Verb, each.Action.What))
                    .OrderBy(each => each.Rank)
                    .Where((each, i) => each.Rank < Weak || i < EnoughFixes)
                    .Take(MostFixes)
                    .Select(each => (IReadOnlyList<FixAction>)[each.Action]),
            ];
        return (Together(core, dropsOnly: false) ?? Together(core, dropsOnly: true)) is { } joint ? [joint] : [];
    }

    private bool IsOnlyRoot(FixAction action) =>
        problem
            .Roots.ToArray()
            .Where(id => text.RoleOf(id) != Role.Constraint)
            .All(id => text.TextOf(id) == action.What);

    /// <summary>Asking for what was probably meant, where that has a plan.</summary>
    public FixAction? Renamed(string name, string meant)
    {
        foreach (
            var id in problem
                .Roots.ToArray()
                .Where(id =>
                    own is not null
                    && text.RoleOf(id) != Role.Constraint
                    && !text.IsGiven(id)
                    && text.ProjectOf(problem.Target(id)) == name
                )
        )
        {
            var asked = own!.RequirementOf(id);
            var instead = Requirement.Parse(meant + asked.ToString()[asked.RawName.Length..]);
            if (Applied(new Change.RelaxRoot(asked, instead)) is Outcome.Satisfiable)
                return new FixAction("relax", $"{asked} to {instead}")
                {
                    Text = $"ask for {instead}, if that is meant",
                    Change = new Change.RelaxRoot(asked, instead),
                };
        }
        return null;
    }

    private int Rank(Assumption assumption, IReadOnlyList<Assumption> core) =>
        assumption switch
        {
            // What nothing is required of goes first: another version of it is all that is missing, whereas another
            // version of what requires it would help only if it required less.
            // A circle is broken by what need not be built, and by nothing else of the same kind.
            Assumption.NoOthers each
                when core.OfType<Assumption.Cycle>()
                    .Any(cycle =>
                        cycle.Nogood.Certificate is BuildCycle circle
                        && circle.Edges.Any(edge => edge.Source == each.Project)
                    ) => IsInCircle(each.Project, core) ? 0 : 5,
            Assumption.NoOthers each => core.OfType<Assumption.Requires>()
                .Any(requires => requires.Source == each.Project)
                ? 5
                : 0,
            Assumption.Unfit => 1,
            Assumption.Requires { Source: null } => 2,
            _ => 3,
        };

    /// <summary>Whether one speaks of what the other does: runs of two searches need not be the same.</summary>
    private static bool Overlap(Assumption one, Assumption other) =>
        one is Assumption.Requires a && other is Assumption.Requires b
            ? a.Source == b.Source && a.Id == b.Id && a.First <= b.Last && b.First <= a.Last
            : one == other;

    private static int Place(IReadOnlyList<Assumption> core, Assumption fact) =>
        core.Index().First(each => each.Item == fact).Index;

    /// <summary>Whether a person could do anything about it.</summary>
    private bool IsActionable(Assumption assumption, IReadOnlyList<Assumption> core) =>
        assumption switch
        {
            Assumption.Requires { Source: null } root when text.TextOf(root.Id) == supposed => false,
            Assumption.Cycle => false, // its members are: a wheel of one of them, or a requirement that is waived
            Assumption.NoOthers each => core.OfType<Assumption.Requires>()
                .Where(requires => problem.Target(requires.Id) == each.Project)
                .All(requires => problem.AdmitsOthers(requires.Id))
                && Bound(
                    core.OfType<Assumption.Requires>()
                        .Where(requires => problem.Target(requires.Id) == each.Project)
                        .Select(requires => requires.Id)
                )
                    is not null,
            _ => true,
        };

    /// <summary>What could be done so that the fact does not hold, given a selection without it.</summary>
    private IEnumerable<(int Rank, FixAction Action)> Actions(
        Assumption assumption,
        IReadOnlyList<Assumption> core,
        FoundSelection selection
    )
    {
        switch (assumption)
        {
            case Assumption.NoOthers each when Addition(each.Project, core, selection) is { } add:
                return
                [
                    (
                        Rank(each, core) == 0
                            ? Unfit(each.Project, core) is null
                                ? 0
                                : 1
                            : 8,
                        add
                    ),
                ];
            case Assumption.Unfit { Why: "tags" }:
                return []; // a wheel does not become another; to add one that fits is said
            case Assumption.Unfit each:
                return [(0, Permission(each, selection))];
            case Assumption.Requires { Source: null } root when text.RoleOf(root.Id) == Role.Constraint:
                return !MayGo(root, selection)
                    ? []
                    :
                    [
                        (
                            3,
                            new FixAction("drop", text.TextOf(root.Id))
                            {
                                Text = $"lift your constraint {text.TextOf(root.Id)}",
                                Change = own is null ? null : new Change.DropConstraint(own.RequirementOf(root.Id)),
                            }
                        ),
                    ];
            case Assumption.Requires each:
                return [RequirementAction(each)];
            default:
                return [];
        }
    }

    /// <summary>Whether the selection found without a root stands where it is not asked for at all: what a root names
    /// decides which pre-releases and yanked versions may be taken.</summary>
    private bool MayGo(Assumption.Requires root, FoundSelection without)
    {
        if (own is null || text.IsGiven(root.Id))
            return true;
        var asked = own.RequirementOf(root.Id);
        var project = own.VariableOf(asked.Name);
        if (
            without[project] is var chosen && (chosen < 0 || chosen >= own.CandidateCount(project))
            || own.CandidatesOf(project)[chosen] is { Yanked: false, Version.IsPrerelease: false }
        )
            return true;
        return Applied(
                text.RoleOf(root.Id) == Role.Constraint ? new Change.DropConstraint(asked) : new Change.DropRoot(asked)
            ) is Outcome.Satisfiable;
    }

    private (int Rank, FixAction Action) RootAction(Assumption.Requires root)
    {
        var asked = text.TextOf(root.Id);
        var given = text.IsGiven(root.Id);
        return (
            7,
            new FixAction("drop", asked)
            {
                Text = given ? $"leave {Told(root.Id)} out of the batch" : $"do without {asked}",
                Change = own is null ? null : new Change.DropRoot(own.RequirementOf(root.Id)),
            }
        );
    }

    /// <summary>What goes into another prefix, so that both halves can be had; null where there is no such
    /// half.</summary>
    /// <param name="spare">Roots without which the rest is known to be possible.</param>
    /// <param name="isLast">Whether nothing else helps: then more than one may have to move, which takes
    /// solves.</param>
    private IReadOnlyList<string>? Moved(IReadOnlyList<Assumption> core, List<Assumption.Requires> spare, bool isLast)
    {
        var roots = problem.Roots.ToArray().Where(id => text.RoleOf(id) != Role.Constraint).ToList();
        if (
            supposed is not null
            || core.OfType<Assumption.Requires>()
                .Where(each => each.Source is null && text.RoleOf(each.Id) != Role.Constraint)
                .Select(each => text.TextOf(each.Id))
                .Distinct()
                .Count() < 2
        )
            return null;
        var alone = spare.FindLast(each =>
            text.RoleOf(each.Id) != Role.Constraint
            && IsPossibleWithout(roots.FindAll(id => text.TextOf(id) != text.TextOf(each.Id)), each)
        );
        return alone is not null ? [text.TextOf(alone.Id)]
            : isLast ? new TwoPrefixes(problem, text, budget).Find(core)
            : null;
    }

    /// <summary>Whether what is asked for names pre-releases or pins a version: then one half may lack what the other
    /// lets in.</summary>
    private bool LetsIn() =>
        own!.Request.Roots.Any(root =>
            root.Specifier.Specifiers.Any(each => each.NamesPrerelease)
            || (
                root.Specifier.Specifiers.Any(each => each.Operator is "==" or "===")
                && own.Source.CandidatesOf(root.Name).Any(each => each.Yanked)
            )
        );

    /// <summary>Whether both halves have a plan where the other is not asked for at all.</summary>
    private bool HalvesAre(IReadOnlyList<string> moved)
    {
        var (there, here) = (
            own!.Request.Roots.Where(each => moved.Contains(each.ToString())).ToList(),
            own.Request.Roots.Where(each => !moved.Contains(each.ToString())).ToList()
        );
        return Applied(new Change.Separate(there)) is Outcome.Satisfiable
            && Applied(new Change.Separate(here)) is Outcome.Satisfiable;
    }

    /// <summary>Whether a root can be had by itself: so it can where another one alone was in its way.</summary>
    private bool IsPossibleWithout(List<RequirementId> others, Assumption.Requires root) =>
        helpful
            .OfType<Assumption.Requires>()
            .Any(each => each.Source is null && each.Id != root.Id && others.Contains(each.Id))
        || relaxed!.Without([.. others.Select(id => new Assumption.Requires(null, -1, -1, id))]) is not null;

    /// <summary>Builds in environments of their own, where one fact about builds and another about the same project
    /// quarrel: only that can come right by it.</summary>
    private FixAction? BuildApart(IReadOnlyList<Assumption> core)
    {
        var requires = core.OfType<Assumption.Requires>().ToList();
        var quarrel = requires
            .GroupBy(each => problem.Target(each.Id))
            .Any(asking => asking.Select(each => each.Id).Distinct().Count() > 1);
        if (
            own is null
            || own.Request.BuildIsolation != BuildIsolation.None
            || !(
                core.Any(each => each is Assumption.Cycle)
                || (quarrel && requires.Exists(each => text.RoleOf(each.Id) == Role.Build))
            )
        )
            return null;
        var change = new Change.BuildApart();
        return Applied(change) is Outcome.Satisfiable
            ? new FixAction("use", "--build-isolation per-build")
            {
                Text = "give each build an environment of its own (--build-isolation per-build)",
                Change = change,
            }
            : null;
    }

    private FixAction Split(IReadOnlyList<string> moved)
    {
        const int mostNamed = 6;
        var roots = problem
            .Roots.ToArray()
            .Where(id => text.RoleOf(id) != Role.Constraint)
            .DistinctBy(text.TextOf)
            .ToList();
        var (here, there) = (
            roots.FindAll(id => !moved.Contains(text.TextOf(id))),
            roots.FindAll(id => moved.Contains(text.TextOf(id)))
        );
        string Names(List<RequirementId> half) => Listing.And(half.ConvertAll(Told));
        return new FixAction("split", string.Join(", ", moved))
        {
            Text =
                here.Count <= mostNamed
                    ? $"install into two prefixes: {Names(here)} into the one, {Names(there)} into the other"
                    : $"install {Names(there)} into a prefix of {(there.Count == 1 ? "its" : "their")} own, the other {here.Count} into another",
            Prefixes = [here.ConvertAll(text.TextOf), there.ConvertAll(text.TextOf)],
            Change = own is null ? null : new Change.Separate(there.ConvertAll(own.RequirementOf)),
        };
    }

    /// <summary>The same requirement asking for less, where that is enough; null where it is not, or nothing less can
    /// be asked.</summary>
    /// <param name="without">A selection without the requirement.</param>
    private (int Rank, FixAction Action)? Lesser(Assumption assumption, FoundSelection without)
    {
        if (
            own is null
            || assumption is not Assumption.Requires fact
            || text.IsGiven(fact.Id)
            || text.RoleOf(fact.Id) == Role.Constraint
        )
            return null;
        if (problem.CandidateCount(problem.Target(fact.Id)) == 0)
            return null;
        var asksForExtras = fact.Line(problem, text).Any(id => text.IsExtra(problem.Target(id)));
        return (asksForExtras ? Lesser(own, fact, without, withoutExtras: true) : null)
            ?? Lesser(own, fact, without, withoutExtras: false);
    }

    private (int Rank, FixAction Action)? Lesser(
        CandidateProblem own,
        Assumption.Requires fact,
        FoundSelection without,
        bool withoutExtras
    )
    {
        if (Lesser(own.RequirementOf(fact.Id), withoutExtras) is not { } lesser)
            return null;
        Change change = fact.Source is null
            ? new Change.RelaxRoot(own.RequirementOf(fact.Id), lesser)
            : new Change.Relax(Relaxed(fact, lesser));
        if (ChosenWith(fact, lesser, change, without) is not { } version)
            return null;
        var asked = text.TextOf(fact.Id);
        if (fact.Source is not { } source)
            return (
                2,
                new FixAction("relax", $"{asked} to {lesser}")
                {
                    Text = $"ask for {lesser} in place of {asked} ({version} would do)",
                    Change = change,
                }
            );
        var who = $"{text.ProjectOf(source)} {Versions(fact)}";
        return (
            4,
            new FixAction("relax", $"{who}: {asked} to {lesser}")
            {
                Text =
                    $"let {who} {(text.RoleOf(fact.Id) == Role.Build ? "be built" : "run")} with {version}, though {(Distinct(fact) > 1 ? "they ask" : "it asks")} for {Plain(asked)}",
                Change = change,
            }
        );
    }

    private (int Rank, FixAction Action) RequirementAction(Assumption.Requires fact)
    {
        var source = fact.Source!.Value;
        var who = $"{text.ProjectOf(source)} {Versions(fact)}";
        var asked = text.TextOf(fact.Id);
        var build = text.RoleOf(fact.Id) == Role.Build;
        return (
            9,
            new FixAction(build ? "waive" : "drop", $"{who}: {asked}")
            {
                Text = build
                    ? $"waive {Plain(asked)} for the build of {who}, if it can be built without"
                    : $"drop {Plain(asked)} from what {who} needs, if it can run without",
                Change = own is null ? null : new Change.Relax(Relaxed(fact, null)),
            }
        );
    }

    /// <summary>An option that bars more than one project, lifted for all of them, where that helps.</summary>
    private FixAction? Everywhere(string why)
    {
        var change = new Change.Permit(new Permission(null, why));
        if (Applied(change) is not Outcome.Satisfiable)
            return null;
        return new FixAction("allow", why)
        {
            Text =
                why == "policy"
                    ? "allow wheels and builds alike: drop --no-binary and --only-binary"
                    : "allow pre-releases (--prerelease allow)",
            Change = change,
        };
    }

    /// <summary>What is taken of the project where less is asked of it, or null where that is not enough.</summary>
    private string? ChosenWith(
        Assumption.Requires fact,
        Requirement lesser,
        Change change,
        FoundSelection without
    )
    {
        var project = own!.VariableOf(lesser.Name);
        // What a root names decides which pre-releases may be taken, and where an override stands in its place the
        // written one says nothing: then all is solved anew.
        if (
            own.RequirementOf(fact.Id).Specifier.Prereleases == true && fact.Source is null
            || own.Rewritten(fact.Id, lesser) is null
        )
            return Applied(change) is Outcome.Satisfiable { Selection: var anew }
                ? Would(remade!, remade!.VariableOf(lesser.Name), anew[remade.VariableOf(lesser.Name)])
                : null;
        if (lesser.Specifier.Specifiers.Count == 0 && lesser.Extras.Count == 0 && without[project] >= 0)
            return Would(own, project, without[project]);
        var instead = fact.Line(problem, text)
            .Where(id => lesser.Extras.Count > 0 || !text.IsExtra(problem.Target(id)))
            .ToDictionary(id => id, id => own.Rewritten(id, lesser)!.Value);
        var selection = relaxed!.Without([fact], instead);
        return selection is null ? null : Would(own, project, selection[project]);
    }

    private static string Would(CandidateProblem asked, VariableId project, int candidate) =>
        candidate >= 0
            ? $"{asked.NameOf(project)} {asked.VersionOf(project, candidate)}"
            : $"any {asked.NameOf(project)}";

    /// <summary>Without its marker, which holds.</summary>
    private static string Plain(string requirement) => requirement.Split(';')[0].TrimEnd();

    private CandidateProblem? remade;

    /// <summary>The whole problem with the change, solved.</summary>
    private Outcome? Applied(Change change)
    {
        if (own is null || new AppliedFix(own.Source, own.Request).With(change) is not { } applied)
            return null;
        remade = own.Remade(
            applied.Source,
            applied.Request,
            builds: RequestedProblem.Builds(applied.Source, applied.Request, budget.Remaining, budget.Cancellation)
        );
        return budget.Solve(remade, trace: false);
    }

    /// <summary>The same project without the extras, where they are the trouble, else without the bound; null where
    /// that is no less.</summary>
    private static Requirement? Lesser(Requirement asked, bool withoutExtras)
    {
        if (asked.Url is not null)
            return null;
        var marker = asked.Marker is null ? "" : $"; {asked.Marker}";
        if (withoutExtras)
            return Requirement.Parse($"{asked.RawName}{asked.Specifier}{marker}");
        var extras = asked.RawExtras.Count > 0 ? $"[{string.Join(',', asked.RawExtras)}]" : "";
        return asked.Specifier.Specifiers.Count == 0 ? null : Requirement.Parse($"{asked.RawName}{extras}{marker}");
    }

    private AmendedRequirement Relaxed(Assumption.Requires fact, Requirement? instead)
    {
        var candidates = own!.CandidatesOf(fact.Source!.Value);
        var versions = Enumerable
            .Range(fact.First, Math.Min(fact.Last, candidates.Count - 1) - fact.First + 1)
            .Select(i => candidates[i].Version)
            .Distinct()
            .ToList();
        return new AmendedRequirement(
            own.NameOf(fact.Source.Value),
            versions,
            own.RequirementOf(fact.Id),
            own.RoleOf(fact.Id),
            instead
        );
    }

    /// <summary>What has to be added, by everything that the selection with a phantom in its place asks of it; null
    /// where no version could be all of that.</summary>
    private FixAction? Addition(VariableId project, IReadOnlyList<Assumption> core, FoundSelection selection)
    {
        var asked = AskedOf(project, selection);
        if (!asked.TrueForAll(problem.AdmitsOthers) || Bound(asked) is not { } bound)
            return null;
        var name = text.ProjectOf(project);
        // It is there; which version it is, its owner can say.
        if (text.PlacesWithoutVersion(project) is [var place, ..])
            return new FixAction("declare", name)
            {
                Text =
                    $"declare the version of {name} ({place}) in resolver.toml{(bound.Length > 0 ? $"; {name}{bound} is required" : "")}",
            };
        // What is there already is no help: an unlike one is meant.
        var there = Enumerable
            .Range(0, problem.CandidateCount(project))
            .Where(i =>
                core.OfType<Assumption.Requires>()
                    .Any(each => each.Source == project && each.First <= i && i <= each.Last)
            )
            .Select(i => text.VersionOf(project, i))
            .Distinct()
            .ToList();
        var kind = KindThatHelps(project, core);
        if (there.Count is > 0 and <= 3 && kind is null)
            bound = SpecifierSet.TryParse(
                string.Join(',', [.. bound.Length > 0 ? (string[])[bound] : [], .. there.Select(each => $"!={each}")])
            )
                is { Success: true, Value: var without }
                ? BoundText.Of(without)
                : bound;
        var what = $"{name}{bound}";
        var unfit = Unfit(project, core);
        var form =
            IsInCircle(project, core) ? " as a wheel, or install it beforehand"
            : kind is not null ? $" as {(kind == "wheel" ? "a wheel" : "an sdist")}"
            : unfit == "tags" ? " in a form that fits this Python and platform: an sdist, or the wheel for it"
            : "";
        return new FixAction("add", what)
        {
            Text =
                there.Count > 0 && kind is null
                    ? $"add another version of {name} that needs less{(there.Count <= 3 ? $" ({what})" : "")}"
                : unfit is not null and not "tags" ? $"add another {what} to the archive{form}"
                : $"add {what} to the archive{form}",
            Kind = kind,
            Change =
                own is not null
                && SpecifierSet.TryParse(bound) is { Success: true, Value: var set }
                && asked.TrueForAll(each => own.RequirementOf(each).Url is null)
                    ? new Change.Add(own.NameOf(project), set)
                    : null,
        };
    }

    /// <summary>The requirements that hold of the project in a selection.</summary>
    private List<RequirementId> AskedOf(VariableId project, FoundSelection selection)
    {
        var asked = new List<RequirementId>();
        foreach (var root in problem.Roots)
        {
            if (problem.Target(root) == project)
                Note(root);
        }
        foreach (var (_, id) in selection.RequirementsOn(project))
            Note(id);
        return asked;

        void Note(RequirementId id)
        {
            foreach (var condition in problem.Conditions(id))
            {
                if (selection[condition.Extra] >= 0 != condition.Active)
                    return;
            }
            asked.Add(id);
        }
    }

    /// <summary>A member of a circle of builds must not be built; else what the options let in.</summary>
    private string? KindThatHelps(VariableId project, IReadOnlyList<Assumption> core)
    {
        if (IsInCircle(project, core) || own?.Request.ForbidsBuilds(own.NameOf(project)) == true)
            return "wheel";
        return own?.Request.ForbidsWheels(own.NameOf(project)) == true ? "sdist" : null;
    }

    private bool IsInCircle(VariableId project, IReadOnlyList<Assumption> core) =>
        core.OfType<Assumption.Cycle>()
            .Any(cycle =>
                cycle.Nogood.Certificate is BuildCycle circle
                && circle.Edges.Any(edge => edge.Source == project && problem.IsBuildRequirement(edge.Requirement))
            );

    /// <summary>Why what there is of the project may not be chosen, where the core says so.</summary>
    private static string? Unfit(VariableId project, IReadOnlyList<Assumption> core) =>
        core.OfType<Assumption.Unfit>().FirstOrDefault(each => each.Project == project)?.Why;

    /// <summary>All bounds at once, as text; null where no version can be all of it.</summary>
    private string? Bound(IEnumerable<RequirementId> requirements)
    {
        var bounds = requirements.Select(text.BoundOf).Where(each => each.Length > 0).Distinct().ToList();
        if (bounds.Count == 0)
            return "";
        if (SpecifierSet.TryParse(string.Join(',', bounds)) is not { Success: true, Value: var set })
            return $" {string.Join(" && ", bounds)}";
        return set.IsUnsatisfiable || set.Ranges.IsEmpty ? null : BoundText.Of(set);
    }

    private FixAction Permission(Assumption.Unfit unfit, FoundSelection selection)
    {
        var project = text.ProjectOf(unfit.Project);
        var change = own is null ? null : new Change.Permit(new Permission(own.NameOf(unfit.Project), unfit.Why));
        return unfit.Why switch
        {
            "metadata" => new FixAction("declare", $"the metadata of {project}")
            {
                Text =
                    own?.Request.AsksBackends == true
                        ? $"say in resolver.toml what {project} needs"
                        : $"say in resolver.toml what {project} needs, or let its backend say it (--offline-metadata build)",
                Change = change,
            },
            "requires-python" => new FixAction("use", $"another Python, for {project}")
            {
                Text = $"use a Python that {project} is made for (--python){PythonBound(unfit, selection)}",
                Change = change,
            },
            "tags" => new FixAction("add", $"{project}")
            {
                Text = $"add {project} in a form that fits this Python and platform: an sdist, or the wheel for it",
                Change = change,
            },
            "pinned" => new FixAction("drop", $"the pin on {project}")
            {
                Text = $"drop the pin on {project}",
                Change = change,
            },
            "prerelease" => new FixAction("allow", $"{project} (prerelease)")
            {
                Text = $"allow pre-releases of {project} (--prerelease allow)",
                Change = change,
            },
            "yanked" => new FixAction("allow", $"{project} (yanked)")
            {
                Text = $"take the yanked {project} after all: ask for exactly that version ({project}=={Last(unfit)})",
                Change = change,
            },
            "policy" => new FixAction("allow", $"{project} (policy)")
            {
                Text = PolicyText(unfit, project),
                Change = change,
            },
            "excluded" => new FixAction("allow", $"{project} (excluded)")
            {
                Text = $"take {project} off the exclusions of resolver.toml",
                Change = change,
            },
            _ => new FixAction("allow", $"{project} ({unfit.Why})")
            {
                Text = $"allow {project} {Last(unfit)}, which {Detail(unfit)}",
                Change = change,
            },
        };
    }

    private string PolicyText(Assumption.Unfit unfit, string project) =>
        own is { } mine
        && mine.Request.ForbidsWheels(mine.NameOf(unfit.Project))
        && mine.CandidatesOf(unfit.Project).Any(each => each.Kind == DistributionKind.Wheel)
            ? $"allow the wheel of {project} (leave it out of --no-binary)"
            : $"let {project} be built (leave it out of --only-binary)";

    /// <summary>For which Pythons the oldest is made that would do.</summary>
    private string PythonBound(Assumption.Unfit unfit, FoundSelection selection)
    {
        if (own is null)
            return "";
        var admitted = AskedOf(unfit.Project, selection).ConvertAll(id => CandidateBits.Satisfying(problem, id));
        var bound = own.CandidatesOf(unfit.Project)
            .Where(
                (each, i) =>
                    each.RequiresPython is not null
                    && text.WhyUnusable(unfit.Project, i)?.Why == unfit.Why
                    && admitted.TrueForAll(words => CandidateBits.Has(words, i))
            )
            .FirstOrDefault()
            ?.RequiresPython;
        return bound is null ? "" : $": Python {bound}";
    }

    private string Last(Assumption.Unfit unfit) =>
        Enumerable
            .Range(0, problem.CandidateCount(unfit.Project))
            .Where(i => text.WhyUnusable(unfit.Project, i)?.Why == unfit.Why)
            .Select(i => text.VersionOf(unfit.Project, i))
            .LastOrDefault("");

    private string Detail(Assumption.Unfit unfit) =>
        Enumerable
            .Range(0, problem.CandidateCount(unfit.Project))
            .Select(i => text.WhyUnusable(unfit.Project, i))
            .LastOrDefault(each => each?.Why == unfit.Why)
            ?.Detail
        ?? "";

    private string Told(RequirementId root) =>
        text.IsGiven(root) ? text.TextOf(root).Replace("==", " ", StringComparison.Ordinal) : text.TextOf(root);

    /// <summary>Several independent reasons: one fact of each core in turn is let go until nothing stands in the way,
    /// then what proved unnecessary is taken back.</summary>
    private List<FixAction>? Together(IReadOnlyList<Assumption> first, bool dropsOnly)
    {
        var released = new List<Assumption>();
        var cores = new Dictionary<Assumption, IReadOnlyList<Assumption>>();
        FoundSelection? selection = null;
        for (var facts = first; selection is null;)
        {
            var choice = facts
                .Where(each => dropsOnly ? each is Assumption.Requires { Source: null } : IsActionable(each, facts))
                .OrderBy(each => Rank(each, facts))
                .FirstOrDefault();
            if (choice is null)
                return null;
            released.Add(choice);
            cores[choice] = facts;
            var core = new MinimalCore(problem, text, budget);
            core.Find(released);
            selection = core.Selection;
            if (selection is null && (core.Facts is null || released.Count > MostTogether))
                return null;
            facts = core.Facts ?? facts;
        }
        var solver = new RelaxedSolver(problem, text, budget, [.. released], selection);
        foreach (var each in released.ToList())
        {
            if (solver.Without([.. released.Where(other => other != each)]) is not { } fewer)
                continue;
            released.Remove(each);
            selection = fewer;
        }
        var actions = new List<FixAction>();
        foreach (var each in released)
        {
            var action = each switch
            {
                Assumption.NoOthers other => Addition(other.Project, cores[each], selection),
                Assumption.Unfit unfit => Permission(unfit, selection),
                Assumption.Requires { Source: null } root => MayGo(root, selection) ? RootAction(root).Action : null,
                Assumption.Requires fact => Dropped(fact),
                _ => null,
            };
            if (action is null)
                return null;
            helpful.Add(each);
            if (!actions.Exists(other => other.Verb == action.Verb && other.What == action.What))
                actions.Add(action);
        }
        return actions;
    }

    private FixAction Dropped(Assumption.Requires fact)
    {
        var build = text.RoleOf(fact.Id) == Role.Build;
        var who = $"{text.ProjectOf(fact.Source!.Value)} {Versions(fact)}";
        return new FixAction(build ? "waive" : "drop", $"{who}: {text.TextOf(fact.Id)}")
        {
            Text = build
                ? $"waive {text.TextOf(fact.Id)} for the build of {who}"
                : $"drop {text.TextOf(fact.Id)} from what {who} needs",
            Change = own is null ? null : new Change.Relax(Relaxed(fact, null)),
        };
    }

    private int Distinct(Assumption.Requires fact) =>
        Enumerable
            .Range(fact.First, Math.Min(fact.Last, problem.CandidateCount(fact.Source!.Value) - 1) - fact.First + 1)
            .Select(i => text.VersionOf(fact.Source.Value, i))
            .Distinct()
            .Count();

    private string Versions(Assumption.Requires each)
    {
        var last = Math.Min(each.Last, problem.CandidateCount(each.Source!.Value) - 1);
        return each.First == last
            ? text.VersionOf(each.Source.Value, last)
            : $"{text.VersionOf(each.Source.Value, each.First)} to {text.VersionOf(each.Source.Value, last)}";
    }
}
