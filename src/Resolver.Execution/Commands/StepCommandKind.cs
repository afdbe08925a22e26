namespace Resolver.Execution.Commands;

/// <summary>What a command does for its step.</summary>
public enum StepCommandKind
{
    /// <summary>Installs, and builds what must be built for it.</summary>
    Install,

    /// <summary>Builds a wheel and installs nothing.</summary>
    Build,
}
