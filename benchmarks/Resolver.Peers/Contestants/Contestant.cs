namespace Resolver.Peers.Contestants;

/// <summary>Somebody who solves universes.</summary>
internal abstract class Contestant(string name, string kind)
{
    /// <summary>What the report calls it.</summary>
    public string Name { get; } = name;

    /// <summary>What its time covers.</summary>
    public string Kind { get; } = kind;

    /// <summary>Its version, or null where it is not on this machine.</summary>
    public abstract string? Version { get; }

    /// <summary>Solves, again and again, until there are enough samples or the time is over.</summary>
    public abstract Measurement Solve(GivenProblem problem, TimeSpan limit);
}

/// <summary>One universe in all the forms that contestants take.</summary>
/// <param name="Universe">A file that our program reads.</param>
/// <param name="Ordinals">See <see cref="OrdinalProblem"/>.</param>
/// <param name="Dimacs">Clauses.</param>
/// <param name="Wheels">A folder of wheels and what to ask for, made when somebody wants them.</param>
internal sealed record GivenProblem(
    string Name,
    bool Satisfiable,
    int Candidates,
    string Universe,
    string Ordinals,
    string Dimacs,
    Lazy<(string Folder, IReadOnlyList<string> Roots)> Wheels
);
