using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>A candidate needs a project before it can be built, or when it runs.</summary>
/// <param name="Owner">Who needs it.</param>
/// <param name="Target">What is needed.</param>
/// <param name="Requirement">The problem's requirement.</param>
/// <param name="IsBuild">Whether it is needed for the build.</param>
/// <param name="IsConditional">Whether it hangs on extras.</param>
/// <param name="Words">Where the set of candidates lies that meet it.</param>
internal readonly record struct BuildNeed(
    NeedyIndex Owner,
    EngineVariable Target,
    RequirementId Requirement,
    bool IsBuild,
    bool IsConditional,
    int Words
);

/// <summary>A need: its place in <see cref="BuildNeeds"/>.</summary>
/// <param name="Index">From 0; below 0 for <see cref="None"/>.</param>
internal readonly record struct NeedIndex(int Index)
{
    /// <summary>No need.</summary>
    public static NeedIndex None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;
}

/// <summary>A candidate of a variable that takes part in <see cref="BuildNeeds"/>: its place there.</summary>
/// <param name="Index">From 0; below 0 for <see cref="None"/>.</param>
internal readonly record struct NeedyIndex(int Index)
{
    /// <summary>No candidate.</summary>
    public static NeedyIndex None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;
}
