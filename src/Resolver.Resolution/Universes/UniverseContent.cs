namespace Resolver.Resolution.Universes;

/// <summary>A universe file as read, before its texts are given a meaning: the scheme may stand after what it governs.</summary>
internal sealed class UniverseContent
{
    public string? Name { get; set; }

    public string? Scheme { get; set; }

    public string? Strategy { get; set; }

    public string? Prereleases { get; set; }

    public bool UpgradeAll { get; set; }

    public List<string> Upgrade { get; } = [];

    public List<string>? Root { get; set; }

    public UniverseExpectation? Expected { get; set; }

    public List<UniverseQuery>? Queries { get; set; }

    public List<KeyValuePair<string, string>> Environment { get; } = [];

    public List<KeyValuePair<string, string>> Pinned { get; } = [];

    public List<KeyValuePair<string, string>> Preferred { get; } = [];

    public List<KeyValuePair<string, string>> Overrides { get; } = [];

    /// <summary>Every text of the packages: names, versions, requirements.</summary>
    public TextTable Texts { get; } = new();

    /// <summary>Requirement lists as numbers of <see cref="Texts"/>.</summary>
    public ListTable Lists { get; } = new();

    /// <summary>The listed projects, as numbers of <see cref="Texts"/>, in the file's order.</summary>
    public List<int> Projects { get; } = [];

    /// <summary>Parallel to <see cref="Projects"/>: where its candidates end.</summary>
    public List<int> ProjectEnds { get; } = [];

    /// <summary>Per candidate its version, a number of <see cref="Texts"/>.</summary>
    public List<int> Versions { get; } = [];

    /// <summary>Parallel to <see cref="Versions"/>: its <c>requires</c>, a number of <see cref="Lists"/>.</summary>
    public List<int> Requires { get; } = [];

    /// <summary>What few candidates say beyond that, by candidate.</summary>
    public Dictionary<int, CandidateDetails> Details { get; } = [];
}

/// <summary>What a candidate of a universe file may say beside version and requirements.</summary>
internal sealed class CandidateDetails
{
    public List<string> BuildRequires { get; } = [];

    public string? RequiresPython { get; set; }

    public List<KeyValuePair<string, List<string>>> Extras { get; } = [];

    public bool Yanked { get; set; }

    public string? Kind { get; set; }

    public bool Usable { get; set; } = true;

    public string? UnusableBecause { get; set; }
}
