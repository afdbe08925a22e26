namespace Resolver.Execution.Tests.Recovery;

/// <summary>How the twenty steps of a <see cref="KilledRun"/> are carried out.</summary>
public enum KilledRunKind
{
    /// <summary>Each by one pip process.</summary>
    Steps,

    /// <summary>Wheels are built side by side, five in a stage, and installed several at once.</summary>
    Wheels,

    /// <summary>The same, built by hooks.</summary>
    Hooks,

    /// <summary>The same, built by a Slurm cluster.</summary>
    Slurm,

    /// <summary>Each into a prefix of its own.</summary>
    Template,
}
