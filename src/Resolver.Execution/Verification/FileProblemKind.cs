namespace Resolver.Execution.Verification;

/// <summary>What is wrong with a file.</summary>
public enum FileProblemKind
{
    /// <summary>A RECORD lists it and it is not there.</summary>
    Missing,

    /// <summary>Its content is not what the RECORD says.</summary>
    Changed,

    /// <summary>Two distributions list it with different content: one was written over the other.</summary>
    OwnedTwice,

    /// <summary>Two distributions of one project lie in one folder.</summary>
    InstalledTwice,
}
