using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A shortest list of what to add, and the selection that becomes possible.</summary>
/// <param name="Problem">The problem with everything that could be added.</param>
/// <param name="Selection">A selection of it that takes of these only <paramref name="Added"/>.</param>
/// <param name="Added">What to add, by project.</param>
/// <param name="GivenUp">What is requested and cannot be had, whatever is added, in the order it was given up; the
/// list is for the rest.</param>
internal sealed record FoundAdditions(
    ExtendedProblem Problem,
    Selection Selection,
    IReadOnlyList<Addition> Added,
    IReadOnlyList<GivenUpRoot> GivenUp
)
{
    /// <summary>Versions that are there and are not meant, named at most.</summary>
    private const int MostNamed = 3;

    private ILookup<VariableId, (VariableId? Source, RequirementId Id)>? requiring;

    /// <summary>What the selection requires of the addition, and of whom; no source: it is requested.</summary>
    public IReadOnlyList<(VariableId? Source, RequirementId Id)> Requiring(Addition addition) =>
        [.. (requiring ??= Required())[Problem.Problem.VariableOf(addition.File.Name)]];

    private ILookup<VariableId, (VariableId? Source, RequirementId Id)> Required()
    {
        var problem = Problem.Problem;
        var added = Added.Select(each => problem.VariableOf(each.File.Name)).ToHashSet();
        var gone = GivenUp.Select(each => each.Requirement).ToHashSet();
        var found = new List<(VariableId? Source, RequirementId Id)>();
        foreach (var root in problem.Roots)
        {
            if (problem.RoleOf(root) != Role.Root || !gone.Contains(problem.TextOf(root)))
                Note(null, root);
        }
        foreach (var source in Selection.Order)
        {
            foreach (var id in problem.RequirementsOf(source, Selection[source]))
                Note(source, id);
        }
        return found.ToLookup(each => problem.Target(each.Id));

        void Note(VariableId? source, RequirementId id)
        {
            if (added.Contains(problem.Target(id)) && Selection.Holds(problem, id))
                found.Add((source, id));
        }
    }

    /// <summary>Bounds that the addition has to meet, ordered; empty where any version will do. They leave out what is
    /// there and would not help.</summary>
    public IReadOnlyList<string> BoundsOf(Addition addition)
    {
        var problem = Problem.Problem;
        if (addition.KnownFrom is not null)
            return [$"=={addition.File.Version}"];
        var bounds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (_, id) in Requiring(addition))
        {
            if (problem.BoundOf(id) is { Length: > 0 } bound)
                bounds.Add(bound);
        }
        if (addition.Url is not null)
            return [.. bounds];
        var set = SpecifierSet.TryParse(string.Join(',', bounds));
        var added = Problem.Additions.Select(each => each.File).ToHashSet();
        var project = problem.VariableOf(addition.File.Name);
        // The same version as a wheel.
        if (
            addition.Kind == AdditionKind.Wheel
            && problem.CandidatesOf(project).Any(each => !added.Contains(each) && each.Version == addition.File.Version)
        )
            return [.. bounds];
        var there = problem
            .CandidatesOf(project)
            .Where(
                (each, i) =>
                    !added.Contains(each)
                    && each.Version != addition.File.Version
                    && (
                        problem.WhyUnusable(project, i)?.Kind is not (UnusableKind.Policy or UnusableKind.Tags)
                        || RequiredProjects.IsInWrongForm(problem, project, i)
                    )
                    && (!set.Success || set.Value.Contains(each.Version, prereleases: true))
            )
            .Select(each => $"!={each.Version}")
            .Distinct()
            .ToList();
        if (there.Count <= MostNamed)
            bounds.UnionWith(there);
        return [.. bounds];
    }
}

/// <summary>Something that is requested and that no addition makes possible.</summary>
/// <param name="Requirement">As text.</param>
/// <param name="Among">Requirements that cannot be had together, this one included, whatever is added.</param>
internal sealed record GivenUpRoot(string Requirement, IReadOnlyList<string> Among);
