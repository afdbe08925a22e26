namespace Resolver.Resolution.Universes;

/// <summary>All candidates and requirements the solver is given, and the questions asked of them; a universe file,
/// loaded. Immutable.</summary>
public abstract class Universe
{
    private protected Universe(string name, UniverseScheme scheme, IReadOnlyList<UniverseQuery> queries) =>
        (Name, Scheme, Queries) = (name, scheme, queries);

    /// <summary>The file's own name for it, or its file name without suffixes.</summary>
    public string Name { get; }

    /// <summary>How versions and requirements are written.</summary>
    public UniverseScheme Scheme { get; }

    /// <summary>The questions, at least one: the file's <c>root</c> and <c>expected</c>, or its
    /// <c>queries</c>.</summary>
    public IReadOnlyList<UniverseQuery> Queries { get; }

    /// <summary>How many candidates there are.</summary>
    public abstract int CandidateCount { get; }

    /// <summary>How many projects are listed.</summary>
    public abstract int ProjectCount { get; }

    /// <summary>A fresh problem that keeps nothing of an earlier one. Several may live side by side.</summary>
    /// <exception cref="UniverseFormatException">A root of the query cannot be read.</exception>
    public abstract UniverseProblem CreateProblem(UniverseQuery query);
}
