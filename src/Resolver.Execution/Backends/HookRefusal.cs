namespace Resolver.Execution.Backends;

/// <summary>Why a hook gave no answer.</summary>
internal enum HookRefusal
{
    /// <summary>The backend cannot be imported, or has no such hook.</summary>
    Unavailable,

    /// <summary>It raised an exception or ended its process.</summary>
    Failed,

    /// <summary>What it gave is not what the standard says.</summary>
    Invalid,
}
