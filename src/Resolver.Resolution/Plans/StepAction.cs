namespace Resolver.Resolution.Plans;

/// <summary>What a step does.</summary>
public enum StepAction
{
    Keep,
    Install,
}
