namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Why a file that could be added is none that is there already.</summary>
internal enum AdditionKind
{
    /// <summary>Requirements admit it that nothing usable in the archive meets together.</summary>
    Missing,

    /// <summary>Any version as a wheel, of a project whose build is part of a cycle: it need not be built.</summary>
    Wheel,

    /// <summary>A version that could only help because it might require less than those that are there.</summary>
    Another,
}
