namespace Resolver.Archives.Distributions;

/// <summary>What to do where metadata are not known without running code.</summary>
internal static class MetadataAdvice
{
    public const string Declare = "declare it in resolver.toml";

    /// <summary>Follows <see cref="Declare"/>, where backends are not asked already.</summary>
    public const string OrAsk = ", or use --offline-metadata build";
}
