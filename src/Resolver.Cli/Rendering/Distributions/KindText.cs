using Resolver.Packaging.Distributions;

namespace Resolver.Cli.Rendering.Distributions;

/// <summary>The contract's words for <see cref="DistributionKind"/>.</summary>
internal static class KindText
{
    public static string Of(DistributionKind kind) =>
        kind switch
        {
            DistributionKind.Installed => "installed",
            DistributionKind.Wheel => "wheel",
            DistributionKind.Sdist => "sdist",
            DistributionKind.Tree => "tree",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
