using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Fixes that let a requirement count as less, or not at all.</summary>
internal sealed class RequirementFixes(FixQuestion question)
{
    /// <summary>Extras that are left out singly: each is a solve.</summary>
    private const int MostExtrasTried = 3;

    private readonly Problem problem = question.Problem;
    private readonly IProblemText text = question.Text;

    /// <summary>The same requirement asking for less, where that is enough; null where it is not, or nothing less can
    /// be asked.</summary>
    /// <param name="without">A selection without the requirement.</param>
    public RankedFix? Lesser(Assumption assumption, FoundSelection without)
    {
        if (
            question.Own is not { } own
            || assumption is not Assumption.Requires fact
            || text.IsGiven(fact.Id)
            || text.RoleOf(fact.Id) == Role.Constraint
        )
            return null;
        if (problem.CandidateCount(problem.Target(fact.Id)) == 0)
            return null;
        return LessThan(own.RequirementOf(fact.Id), fact)
            .Select(lesser => Lesser(own, fact, lesser, without))
            .FirstOrDefault(found => found is not null);
    }

    private RankedFix? Lesser(
        CandidateProblem own,
        Assumption.Requires fact,
        Requirement lesser,
        FoundSelection without
    )
    {
        Change change = fact.Source is null
            ? new Change.RelaxRoot(own.RequirementOf(fact.Id), lesser)
            : new Change.Relax(Amended(own, fact, lesser));
        if (ChosenWith(own, fact, lesser, change, without) is not { } version)
            return null;
        var asked = text.TextOf(fact.Id);
        if (fact.Source is null)
            return RankedFix.Of(
                RankedFix.Lesser,
                new FixAction("relax", $"{asked} to {lesser}")
                {
                    Text =
                        $"request {lesser.ToReadableText()} instead of {own.RequirementOf(fact.Id).ToReadableText()} "
                        + $"({version} fits)",
                    Change = change,
                }
            );
        var who = question.Who(fact);
        return RankedFix.Of(
            RankedFix.Relaxed,
            new FixAction("relax", $"{who}: {asked} to {lesser}")
            {
                Text =
                    $"{(text.RoleOf(fact.Id) == Role.Build ? "build" : "run")} {who} with {version}, ignoring "
                    + $"{(Distinct(fact) > 1 ? "their" : "its")} requirement {text.PlainTextOf(fact.Id)}",
                Change = change,
            }
        );
    }

    /// <summary>The requirement does not count; null where nothing can be built without it.</summary>
    public RankedFix? Ignored(Assumption.Requires fact)
    {
        if (ProvidesBackend(fact))
            return null;
        var who = question.Who(fact);
        var build = text.RoleOf(fact.Id) == Role.Build;
        return RankedFix.Of(
            RankedFix.Ignored,
            new FixAction(build ? "waive" : "drop", $"{who}: {text.TextOf(fact.Id)}")
            {
                Text = build
                    ? $"waive {text.PlainTextOf(fact.Id)} for building {who} (only if it builds without it)"
                    : $"ignore the requirement {text.PlainTextOf(fact.Id)} of {who} (only if it runs without it)",
                Change = question.Own is { } own ? new Change.Relax(Amended(own, fact, null)) : null,
            }
        );
    }

    private bool ProvidesBackend(Assumption.Requires fact)
    {
        if (question.Own is not { } own || text.RoleOf(fact.Id) != Role.Build)
            return false;
        var required = own.RequirementOf(fact.Id).Name;
        var candidates = own.CandidatesOf(fact.Source!.Value);
        return Sources(own, fact).Any(i => candidates[i].IsBuilt && candidates[i].MayTakeBackendFrom(required));
    }

    private static AmendedRequirement Amended(CandidateProblem own, Assumption.Requires fact, Requirement? instead)
    {
        var candidates = own.CandidatesOf(fact.Source!.Value);
        var versions = Sources(own, fact).Select(i => candidates[i].Version).Distinct().ToList();
        return new AmendedRequirement(
            own.NameOf(fact.Source.Value),
            versions,
            own.RequirementOf(fact.Id),
            own.RoleOf(fact.Id),
            instead
        );
    }

    /// <summary>Ways to request less, the smallest change first: without one of several extras, without extras,
    /// without the bound.</summary>
    private IEnumerable<Requirement> LessThan(Requirement asked, Assumption.Requires fact)
    {
        if (asked.Url is not null)
            yield break;
        var marker = asked.Marker is null ? "" : $"; {asked.Marker.ToReadableText()}";
        string With(IEnumerable<string> extras) =>
            string.Join(',', extras) is { Length: > 0 } list ? $"{asked.RawName}[{list}]" : asked.RawName;
        var extras = fact.Line(problem, text).Select(problem.Target).Where(text.IsExtra).ToList();
        if (extras.Count > 1)
        {
            foreach (var dropped in extras.Where(IsInConflict).Take(MostExtrasTried).Select(ExtraOf))
                yield return Requirement.Parse(
                    $"{With(asked.RawExtras.Where(each => ExtraName.Parse(each) != dropped))}{asked.Specifier}{marker}"
                );
        }
        if (extras.Count > 0)
            yield return Requirement.Parse($"{asked.RawName}{asked.Specifier}{marker}");
        if (asked.Specifier.Specifiers.Count > 0)
            yield return Requirement.Parse($"{With(asked.RawExtras)}{marker}");
    }

    private bool IsInConflict(VariableId extra) =>
        question.Requires.Any(each =>
            each.Source is not null
            && problem.Conditions(each.Id).ToArray().Any(condition => condition.Active && condition.Extra == extra)
        );

    private ExtraName ExtraOf(VariableId extra) => ExtraName.Parse(text.VersionOf(extra, 0));

    /// <summary>What is taken of the project where less is asked of it, or null where that is not enough.</summary>
    private string? ChosenWith(
        CandidateProblem own,
        Assumption.Requires fact,
        Requirement lesser,
        Change change,
        FoundSelection without
    )
    {
        var project = own.VariableOf(lesser.Name);
        // What a root names decides which pre-releases may be taken, and where an override replaces it the
        // written one says nothing: then all is solved again.
        if (
            own.RequirementOf(fact.Id).Specifier.Prereleases == true && fact.Source is null
            || own.Rewritten(fact.Id, lesser) is null
        )
            return question.Trial!.With(change) is var (tried, anew)
                ? Would(tried, tried.VariableOf(lesser.Name), anew[tried.VariableOf(lesser.Name)])
                : null;
        if (lesser.Specifier.Specifiers.Count == 0 && lesser.Extras.Count == 0 && without[project] >= 0)
            return Would(own, project, without[project]);
        var instead = fact.Line(problem, text)
            .Where(id => !text.IsExtra(problem.Target(id)) || lesser.Extras.Contains(ExtraOf(problem.Target(id))))
            .ToDictionary(id => id, id => own.Rewritten(id, lesser)!.Value);
        var selection = question.Relaxed.Without([fact], instead);
        return selection is null ? null : Would(own, project, selection[project]);
    }

    private static string Would(CandidateProblem asked, VariableId project, int candidate) =>
        candidate >= 0
            ? $"{asked.NameOf(project)} {asked.VersionOf(project, candidate)}"
            : $"any {asked.NameOf(project)}";

    private int Distinct(Assumption.Requires fact) =>
        Sources(problem, fact).Select(i => text.VersionOf(fact.Source!.Value, i)).Distinct().Count();

    /// <summary>The candidates that have the requirement, by their place; a run may end behind the last one.</summary>
    private static IEnumerable<int> Sources(Problem problem, Assumption.Requires fact) =>
        Enumerable.Range(
            fact.First,
            Math.Min(fact.Last, problem.CandidateCount(fact.Source!.Value) - 1) - fact.First + 1
        );
}
