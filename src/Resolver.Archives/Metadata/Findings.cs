using Resolver.Archives.Distributions;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Metadata;

/// <summary>What the sources of one project have told so far. Sources are asked strongest first, and the first that
/// knows a value wins it.</summary>
internal sealed class Findings
{
    private readonly List<ArchiveProblem> problems = [];
    private readonly HashSet<string> blocked = [];

    public PackageName? Name { get; private set; }
    public string? RawName { get; private set; }
    public MetadataSource? NameSource { get; private set; }

    public Version? Version { get; private set; }
    public MetadataSource? VersionSource { get; private set; }

    /// <summary>Why the version cannot be taken from weaker sources, such as 'made from the clock'.</summary>
    public bool VersionIsOpen => VersionSource is null && !blocked.Contains("version");

    public IReadOnlyList<Requirement>? RequiresDist { get; private set; }
    public MetadataSource? RequiresDistSource { get; private set; }
    public IReadOnlyList<ExtraName> Extras { get; private set; } = [];
    public MetadataSource? ExtrasSource { get; private set; }
    public bool RequiresDistIsOpen => RequiresDistSource is null && !blocked.Contains("requires_dist");

    public SpecifierSet? RequiresPython { get; private set; }
    public MetadataSource? RequiresPythonSource { get; private set; }
    public bool RequiresPythonIsOpen => RequiresPythonSource is null && !blocked.Contains("requires_python");

    public List<Requirement>? BuildRequires { get; set; } = [];
    public MetadataSource? BuildRequiresSource { get; set; }

    public IReadOnlyList<ArchiveProblem> Problems => problems;

    public void Report(string code, string place, string reason, bool fatal = false, bool isUnknown = false) =>
        problems.Add(
            new ArchiveProblem(code, place, reason, fatal)
            {
                Advice = isUnknown ? ProblemAdvice.DeclareOrAsk : ProblemAdvice.None,
            }
        );

    public void Report(string code, DocumentError error, bool fatal = false) =>
        problems.Add(ArchiveProblem.At(error, code, fatal));

    public void OfferName(string? raw, MetadataSource source, string place)
    {
        if (raw is null || NameSource is not null)
            return;
        var parsed = PackageName.TryParse(raw.Trim());
        if (parsed.Success)
            (Name, RawName, NameSource) = (parsed.Value, raw.Trim(), source);
        else
            Report("name-invalid", place, parsed.Error.ToString());
    }

    public void OfferVersion(string? text, MetadataSource source, string place)
    {
        if (text is null || !VersionIsOpen)
            return;
        var parsed = Packaging.Versions.Version.TryParse(text.Trim());
        if (parsed.Success)
            (Version, VersionSource) = (parsed.Value, source);
        else if (source != MetadataSource.FolderName)
            Report("version-invalid", place, parsed.Error.ToString());
    }

    /// <summary>A stronger source says the same as the one that won: the value rests on the stronger one.</summary>
    public void ConfirmVersion(string? text, MetadataSource source)
    {
        if (
            text is not null
            && Version is { } version
            && VersionSource > source
            && Packaging.Versions.Version.TryParse(text.Trim()) is { Success: true } parsed
            && parsed.Value == version
        )
            VersionSource = source;
    }

    /// <summary>No weaker source may answer: it is known that only running code, or the clock, can tell.</summary>
    public void Block(string value) => blocked.Add(value);

    /// <summary>The requirements of a source that knows all of them. One that cannot be read makes the whole unknown:
    /// a plan must not rest on a part.</summary>
    public void OfferRequires(
        IReadOnlyList<DeclaredRequirement>? requirements,
        IEnumerable<string> extras,
        MetadataSource source,
        string place
    )
    {
        if (requirements is null || !RequiresDistIsOpen)
            return;
        OfferExtras(extras, source);
        if (Accept(requirements, place) is { } accepted)
            (RequiresDist, RequiresDistSource) = (accepted, source);
        else
            Block("requires_dist");
    }

    public void OfferExtras(IEnumerable<string> extras, MetadataSource source)
    {
        if (ExtrasSource is not null)
            return;
        Extras = [.. extras.Select(ExtraName.TryParse).Where(e => e.Success).Select(e => e.Value).Distinct()];
        ExtrasSource = source;
    }

    public void OfferPython(string? text, MetadataSource source, string place)
    {
        if (!RequiresPythonIsOpen)
            return;
        if (string.IsNullOrWhiteSpace(text))
        {
            RequiresPythonSource = source; // known to be without a bound
            return;
        }
        var parsed = SpecifierSet.TryParse(text.Trim());
        if (parsed.Success)
            (RequiresPython, RequiresPythonSource) = (parsed.Value, source);
        else
        {
            Report("requires-python-invalid", place, parsed.Error.ToString());
            Block("requires_python");
        }
    }

    /// <summary>The parsed requirements, or null where one is none; each bad one is reported.</summary>
    public IReadOnlyList<Requirement>? Accept(IReadOnlyList<DeclaredRequirement> requirements, string place)
    {
        var accepted = new List<Requirement>(requirements.Count);
        foreach (var declared in requirements)
        {
            if (declared.Parsed.Success)
                accepted.Add(declared.Parsed.Value);
            else
                Report("requirement-invalid", declared.ErrorIn(place)!);
        }
        return accepted.Count == requirements.Count ? accepted : null;
    }
}
