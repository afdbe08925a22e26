using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Fixes that change what is requested: something is left out, goes into another prefix, or every build gets
/// an environment of its own.</summary>
internal sealed class RootFixes(FixQuestion question)
{
    private readonly Problem problem = question.Problem;
    private readonly IProblemText text = question.Text;

    /// <summary>Without the root: of several that one override replaces, without each.</summary>
    public IReadOnlyList<FixAction> Without(Assumption.Requires root)
    {
        if (question.Own is not { } own)
            return [Drop(text.TextOf(root.Id), text.RequestOf(root.Id), null)];
        return
        [
            .. own.AllWrittenOf(root.Id)
                .Distinct()
                .Select(each => Drop(each.ToString(), each.ToReadableText(), new Change.DropRoot(each))),
        ];

        FixAction Drop(string what, string readable, Change? change) =>
            new("drop", what)
            {
                Text = text.IsGiven(root.Id)
                    ? $"leave {text.RequestOf(root.Id)} out of the batch"
                    : $"drop {readable} from the request",
                Change = change,
            };
    }

    private IEnumerable<string> Written(RequirementId root) =>
        question.Own?.AllWrittenOf(root).Select(each => each.ToString()) ?? [text.TextOf(root)];

    /// <summary>Without the constraint.</summary>
    public FixAction WithoutConstraint(Assumption.Requires constraint)
    {
        var asked = text.TextOf(constraint.Id);
        return new FixAction("drop", asked)
        {
            Text = $"drop the constraint {text.RequestOf(constraint.Id)}",
            Change = question.Own is { } own ? new Change.DropConstraint(own.RequirementOf(constraint.Id)) : null,
        };
    }

    /// <summary>Without the overrides of a project that the conflict requires.</summary>
    public IEnumerable<FixAction> WithoutOverrides()
    {
        if (question.Own is not { Request.Overrides: { Count: > 0 } overrides } own)
            yield break;
        var required = question.Requires.Select(each => own.RequirementOf(each.Id).Name).ToHashSet();
        foreach (var project in overrides.Where(each => required.Contains(each.Name)).GroupBy(each => each.Name))
        {
            var texts = project.Select(each => each.ToString()).ToList();
            yield return new FixAction("drop", $"override {string.Join(", ", texts)}")
            {
                Text = $"drop the override{(texts.Count > 1 ? "s" : "")} {Listing.And(texts)}",
                Change = new Change.DropOverrides(project.Key),
            };
        }
    }

    /// <summary>Whether it drops all that is requested.</summary>
    public bool DropsAll(RankedFix fix) =>
        fix.Actions.All(each => each.Verb == "drop")
        && question.Roots.All(id => Written(id).All(requested => fix.Actions.Any(each => each.What == requested)));

    /// <summary>Two prefixes, so that both halves can be had; null where there are no such halves.</summary>
    /// <param name="spare">Roots without which the rest is known to be possible.</param>
    /// <param name="helpful">Facts that stood alone in the way.</param>
    /// <param name="isLast">Whether nothing else helps: then more than one may have to move, which takes
    /// solves.</param>
    public RankedFix? Apart(List<Assumption.Requires> spare, IReadOnlySet<Assumption> helpful, bool isLast) =>
        Moved(spare, helpful, isLast) is { } moved && (question.Own is null || !LetsIn() || HalvesAre(moved))
            ? RankedFix.Of(RankedFix.Split, Split(moved))
            : null;

    /// <summary>Isolated builds, where one fact about builds and another about the same project
    /// contradict each other: isolation helps only then.</summary>
    public FixAction? IsolatedBuilds()
    {
        var betweenBuilds = question
            .Requires.GroupBy(each => problem.Target(each.Id))
            .Any(asking => asking.Select(each => each.Id).Distinct().Count() > 1);
        if (
            question.Own is not { Request.BuildIsolation: BuildIsolation.None }
            || !(
                question.Core.Any(each => each is Assumption.Cycle)
                || (betweenBuilds && question.Requires.Any(each => text.RoleOf(each.Id) == Role.Build))
            )
        )
            return null;
        var change = new Change.BuildApart();
        return question.Trial!.Works(change)
            ? new FixAction("use", "--build-isolation per-build")
            {
                Text = "use isolated builds (--build-isolation per-build)",
                Change = change,
            }
            : null;
    }

    private IReadOnlyList<string>? Moved(List<Assumption.Requires> spare, IReadOnlySet<Assumption> helpful, bool isLast)
    {
        if (
            question
                .Requires.Where(each => each.Source is null && text.RoleOf(each.Id) != Role.Constraint)
                .Select(each => text.TextOf(each.Id))
                .Distinct()
                .Count() < 2
        )
            return null;
        var roots = question.Roots.ToList();
        var alone = spare.FindLast(each =>
            IsPossibleWithout(roots.FindAll(id => text.TextOf(id) != text.TextOf(each.Id)), each, helpful)
        );
        return alone is not null ? [text.TextOf(alone.Id)]
            : isLast ? new TwoPrefixes(problem, text, question.Budget).Find(question.Core)
            : null;
    }

    /// <summary>Whether a root can be had by itself: so it can where another one alone was in its way.</summary>
    private bool IsPossibleWithout(
        List<RequirementId> others,
        Assumption.Requires root,
        IReadOnlySet<Assumption> helpful
    ) =>
        helpful
            .OfType<Assumption.Requires>()
            .Any(each => each.Source is null && each.Id != root.Id && others.Contains(each.Id))
        || question.Relaxed.Without([.. others.Select(id => new Assumption.Requires(null, -1, -1, id))]) is not null;

    /// <summary>Whether what is requested names pre-releases or pins a version: then one half may lack what the other
    /// lets in.</summary>
    private bool LetsIn() => question.Own!.Request.Roots.Any(question.Trial!.LetsIn);

    /// <summary>Whether both halves have a plan where the other is not requested at all.</summary>
    private bool HalvesAre(IReadOnlyList<string> moved)
    {
        var halves = question.Own!.Request.Roots.ToLookup(each => moved.Contains(each.ToString()));
        return question.Trial!.Works(new Change.Separate([.. halves[true]]))
            && question.Trial.Works(new Change.Separate([.. halves[false]]));
    }

    private FixAction Split(IReadOnlyList<string> moved)
    {
        const int mostNamed = 6;
        var roots = question.Roots.DistinctBy(text.TextOf).ToList();
        var (here, there) = (
            roots.FindAll(id => !moved.Contains(text.TextOf(id))),
            roots.FindAll(id => moved.Contains(text.TextOf(id)))
        );
        string Names(List<RequirementId> half) => Listing.And(half.ConvertAll(text.RequestOf));
        return new FixAction("split", string.Join(", ", moved))
        {
            Text =
                here.Count <= mostNamed
                    ? $"use two prefixes: {Names(here)} in one, {Names(there)} in the other"
                    : $"use two prefixes: {Names(there)} in one, the other {here.Count} in the other",
            Prefixes = [here.ConvertAll(text.TextOf), there.ConvertAll(text.TextOf)],
            Change = question.Own is { } own ? new Change.Separate(there.ConvertAll(own.WrittenOf)) : null,
        };
    }
}
