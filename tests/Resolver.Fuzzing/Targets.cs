namespace Resolver.Fuzzing;

/// <summary>The readers, by the names that the script takes.</summary>
internal static class Targets
{
    /// <summary>What reads bytes: returns for every input, unless it found a fault.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } =
        new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
        {
            ["tar"] = ContainerTargets.Tar,
            ["zip"] = ContainerTargets.Zip,
            ["wheel"] = ContainerTargets.Wheel,
            ["metadata"] = DocumentTargets.Metadata,
            ["toml"] = ProjectTargets.Toml,
            ["setup-cfg"] = ProjectTargets.SetupCfg,
            ["setup-py"] = ProjectTargets.SetupPy,
            ["requirement"] = TextTargets.Requirement,
            ["requirement-file"] = DocumentTargets.RequirementFile,
            ["marker"] = TextTargets.Marker,
            ["version"] = TextTargets.Version,
            ["lock"] = DocumentTargets.Lock,
            ["journal"] = DocumentTargets.Journal,
        };
}
