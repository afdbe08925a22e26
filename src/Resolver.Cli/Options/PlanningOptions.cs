using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>What every command that plans understands: the archive, the target, bounds, preferences and
/// limits.</summary>
/// <param name="hasDestination">Whether a destination can be named.</param>
internal sealed class PlanningOptions(bool hasDestination = true) : IOptionGroup
{
    public ArchiveOptions Archive { get; } = new();

    public MetadataOptions Metadata { get; } = new();

    public TargetOptions Target { get; } = new(planning: true, hasDestination);

    public DescribedEnvironmentOptions Described { get; } = new();

    public ConstraintOptions Constraints { get; } = new();

    public PreferenceOptions Preferences { get; } = new();

    public LimitOptions Limits { get; } = new();

    public void AddTo(Command command)
    {
        Archive.AddTo(command);
        Metadata.AddTo(command);
        Target.AddTo(command);
        Described.AddTo(command);
        Constraints.AddTo(command);
        Preferences.AddTo(command);
        Limits.AddTo(command);
    }
}
