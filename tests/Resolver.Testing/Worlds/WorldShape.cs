namespace Resolver.Testing.Worlds;

/// <summary>What a random world is like. Shares are from 0 to 1.</summary>
/// <param name="Projects">How many projects.</param>
/// <param name="Versions">Candidates a project, at most.</param>
/// <param name="Requirements">Requirements a candidate, on average.</param>
/// <param name="Width">How much of the target's candidates a requirement admits, on average.</param>
public sealed record WorldShape(int Projects, int Versions, double Requirements, double Width)
{
    /// <summary>Share of requirements that ask for an extra or hold only with one.</summary>
    public double Extras { get; init; }

    /// <summary>Share of the conditional requirements that hold only while the extra is inactive.</summary>
    public double InactiveExtras { get; init; }

    /// <summary>Share of requirements that are constraints.</summary>
    public double Constraints { get; init; }

    /// <summary>Share of requirements that may go back to earlier projects, so that there are cycles.</summary>
    public double Cycles { get; init; }

    /// <summary>Share of candidates that must be built and may have build requirements.</summary>
    public double Built { get; init; }

    /// <summary>Share of candidates that may not be used.</summary>
    public double Unusable { get; init; }

    /// <summary>Share of projects whose preference is not simply descending.</summary>
    public double Preferences { get; init; }
}
