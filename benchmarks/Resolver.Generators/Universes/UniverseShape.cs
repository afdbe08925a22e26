namespace Resolver.Generators.Universes;

/// <summary>What a generated universe looks like. Shares are between 0 and 1.</summary>
public sealed record UniverseShape
{
    /// <summary>How many projects there are, build backends not counted.</summary>
    public required int Projects { get; init; }

    /// <summary>Releases of a project, on average.</summary>
    public double Releases { get; init; } = 10;

    /// <summary>Requirements of a release, on average; exponentially distributed, so most have few and some have
    /// many.</summary>
    public double Requirements { get; init; } = 4;

    /// <summary>How strongly requirements go to few projects; 0 is evenly. Real archives are near 3.</summary>
    public double Popularity { get; init; } = 3;

    /// <summary>Requirements on exactly one version.</summary>
    public double Pins { get; init; } = .03;

    /// <summary>Requirements that stop below the next major version.</summary>
    public double Caps { get; init; } = .15;

    /// <summary>Requirements that leave one version out.</summary>
    public double Exclusions { get; init; } = .03;

    /// <summary>How often a release words a requirement differently from the release before it.</summary>
    public double Churn { get; init; } = .1;

    /// <summary>Every release draws its ranges anew, without regard to what was current then: hard, and unlike the
    /// world.</summary>
    public bool Independent { get; init; }

    /// <summary>With <see cref="Independent"/>: which part of a project's releases a range leaves out, on average.
    /// The verdict flips as this grows.</summary>
    public double Tightness { get; init; } = .35;

    /// <summary>Projects that have an extra.</summary>
    public double Extras { get; init; } = .1;

    /// <summary>Releases that are a wheel, and need nothing to be built.</summary>
    public double Wheels { get; init; } = .5;

    /// <summary>Build backends; what is no wheel needs one of them.</summary>
    public int Backends { get; init; } = 4;

    /// <summary>Backends of which a release needs another backend that needs it too; older ones, and wheels, are the
    /// way out.</summary>
    public double BuildCycles { get; init; } = .5;

    /// <summary>Projects that need one that needs them.</summary>
    public double RuntimeCycles { get; init; } = .02;

    /// <summary>Projects asked for.</summary>
    public int Roots { get; init; } = 20;
}
