using Resolver.Resolution.Universes.Ranges;
using Resolver.Resolution.Universes.Tables;

namespace Resolver.Resolution.Universes;

/// <summary>A universe of scheme <see cref="UniverseScheme.Number"/> or <see cref="UniverseScheme.SemVer"/>, as
/// arrays: a million candidates are a dozen objects.</summary>
internal sealed class OrdinalUniverse : Universe
{
    internal OrdinalUniverse(string name, UniverseScheme scheme, IReadOnlyList<UniverseQuery> queries)
        : base(name, scheme, queries) { }

    /// <inheritdoc/>
    public override int CandidateCount => Places.Length;

    /// <inheritdoc/>
    public override int ProjectCount => ListedProjects;

    /// <summary>Projects from here on are required somewhere and have no candidates.</summary>
    internal required int ListedProjects { get; init; }

    internal required TextTable Texts { get; init; }

    /// <summary>By project, those without candidates included: its name, a number of <see cref="Texts"/>.</summary>
    internal required int[] ProjectNames { get; init; }

    /// <summary>By project, and one more: where its candidates begin.</summary>
    internal required int[] CandidateStarts { get; init; }

    /// <summary>By candidate, ascending within a project: its version's place (<see cref="RangeReader"/>).</summary>
    internal required long[] Places { get; init; }

    /// <summary>By candidate: its version as written, a number of <see cref="Texts"/>.</summary>
    internal required int[] VersionTexts { get; init; }

    /// <summary>By candidate: its list of requirements. Equal lists have equal numbers.</summary>
    internal required int[] Lists { get; init; }

    /// <summary>By list: where it ends in <see cref="ListItems"/>; it begins where the one before ends.</summary>
    internal required int[] ListEnds { get; init; }

    /// <summary>Requirements, sorted by name and text within a list.</summary>
    internal required int[] ListItems { get; init; }

    /// <summary>By requirement: its text, a number of <see cref="Texts"/>.</summary>
    internal required int[] RequirementTexts { get; init; }

    /// <summary>By requirement: the project.</summary>
    internal required int[] Targets { get; init; }

    /// <summary>By requirement: where its intervals end in <see cref="Intervals"/>, counted in numbers.</summary>
    internal required int[] IntervalEnds { get; init; }

    /// <summary>Pairs: from a place, inclusive, to a place, exclusive.</summary>
    internal required long[] Intervals { get; init; }

    /// <summary>Whether no project has two candidates of one version.</summary>
    internal required bool HasDistinctVersions { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The query is not one of <see cref="Universe.Queries"/>.</exception>
    public override UniverseProblem CreateProblem(UniverseQuery query)
    {
        if (query.RootIds is null)
            throw new ArgumentException("The query is not one of this universe.", nameof(query));
        var problem = new OrdinalProblem(this, query.RootIds);
        return new UniverseProblem(problem, problem);
    }
}
