namespace Resolver.Testing.Worlds;

/// <summary>A small package world: what <see cref="ToyProblem"/> is made of. The notation is that of
/// <see cref="ToyNotation"/>.</summary>
public sealed record ToyWorld(IReadOnlyList<ToyProject> Projects, IReadOnlyList<ToyRequirement> Roots)
{
    /// <summary>Reads the notation.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ToyWorld Of(string notation) => ToyNotation.Read(notation);

    public override string ToString() => ToyNotation.Write(this);
}

/// <summary>A project with its candidates in ascending order.</summary>
/// <param name="Preference">The candidates' versions from best to worst; null: descending.</param>
public sealed record ToyProject(
    string Name,
    IReadOnlyList<ToyCandidate> Candidates,
    IReadOnlyList<int>? Preference = null
);

/// <summary>A candidate.</summary>
/// <param name="IsBuilt">Whether its build requirements count for the order of builds.</param>
public sealed record ToyCandidate(
    int Version,
    bool IsUsable,
    bool IsBuilt,
    IReadOnlyList<ToyRequirement> Requires,
    IReadOnlyList<ToyRequirement> BuildRequires
);

/// <summary>A requirement.</summary>
/// <param name="Bounds">All of them must hold; an operator of <c>&lt; &gt; = !</c> (<c>=</c> is 'exactly', <c>!</c>
/// 'not'), with <c>g</c> and <c>l</c> for 'at least' and 'at most'.</param>
/// <param name="Extra">The extra asked for, or null.</param>
/// <param name="IsConstraint">Whether it holds too where the project is absent.</param>
/// <param name="Conditions">Extras of its own project that must be active, or inactive.</param>
public sealed record ToyRequirement(
    string Project,
    IReadOnlyList<(char Operator, int Version)> Bounds,
    string? Extra,
    bool IsConstraint,
    IReadOnlyList<(string Extra, bool Active)> Conditions
)
{
    public bool Admits(int version) =>
        Bounds.All(bound =>
            bound.Operator switch
            {
                '<' => version < bound.Version,
                '>' => version > bound.Version,
                'l' => version <= bound.Version,
                'g' => version >= bound.Version,
                '=' => version == bound.Version,
                _ => version != bound.Version,
            }
        );
}
