namespace Resolver.Resolution.Plans;

/// <summary>What a step does.</summary>
public enum StepAction
{
    Keep,
    Install,

    /// <summary>In the record of an uninstall only: what is installed is removed.</summary>
    Remove,
}
