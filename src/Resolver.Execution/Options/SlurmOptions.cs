namespace Resolver.Execution.Options;

/// <summary>How builds are given to a Slurm cluster. Archives, the destination and the run's directory must lie on a
/// file system that its nodes share.</summary>
public sealed record SlurmOptions
{
    /// <summary>Further options of <c>sbatch</c> for each job, such as <c>--partition=main</c>; its own variables
    /// (<c>SBATCH_PARTITION</c>, …) count as well.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>How often it is looked whether a job has ended.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of a stage's builds run at once; null for as many as the cluster lets.</summary>
    public int? AtOnce { get; init; }
}
