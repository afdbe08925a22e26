namespace Resolver.Packaging.RequirementFiles;

/// <summary>How options are spelled, and found by pip's rules: exact, or a prefix of one long name only (as Python's
/// <c>optparse</c> does).</summary>
internal sealed record OptionName(string Long, char? Short, bool TakesValue, RequirementFileOption? Setting)
{
    public const string Requirement = "--requirement",
        Constraint = "--constraint",
        Editable = "--editable",
        Hash = "--hash",
        ConfigSettings = "--config-settings",
        GlobalOption = "--global-option";

    private static readonly OptionName[] Known =
    [
        new("--index-url", 'i', true, RequirementFileOption.IndexUrl),
        new("--pypi-url", null, true, RequirementFileOption.IndexUrl),
        new("--extra-index-url", null, true, RequirementFileOption.ExtraIndexUrl),
        new("--no-index", null, false, RequirementFileOption.NoIndex),
        new(Constraint, 'c', true, null),
        new(Requirement, 'r', true, null),
        new(Editable, 'e', true, null),
        new("--find-links", 'f', true, RequirementFileOption.FindLinks),
        new("--no-binary", null, true, RequirementFileOption.NoBinary),
        new("--only-binary", null, true, RequirementFileOption.OnlyBinary),
        new("--prefer-binary", null, false, RequirementFileOption.PreferBinary),
        new("--require-hashes", null, false, RequirementFileOption.RequireHashes),
        new("--no-require-hashes", null, false, RequirementFileOption.NoRequireHashes),
        new("--pre", null, false, RequirementFileOption.Pre),
        new("--all-releases", null, true, RequirementFileOption.AllReleases),
        new("--only-final", null, true, RequirementFileOption.OnlyFinal),
        new("--trusted-host", null, true, RequirementFileOption.TrustedHost),
        new("--use-feature", null, true, RequirementFileOption.UseFeature),
        new(Hash, null, true, null),
        new(ConfigSettings, 'C', true, null),
        new(GlobalOption, null, true, null),
    ];

    public static string LongOf(RequirementFileOption option) => Known.First(n => n.Setting == option).Long;

    public static OptionName? OfShort(char letter) => Array.Find(Known, n => n.Short == letter);

    /// <summary>The options that a long name may mean: one where it is exact or a prefix of one only.</summary>
    public static IReadOnlyList<OptionName> OfLong(string name) =>
        Array.Find(Known, n => n.Long == name) is { } exact
            ? [exact]
            : [.. Known.Where(n => n.Long.StartsWith(name, StringComparison.Ordinal))];
}
