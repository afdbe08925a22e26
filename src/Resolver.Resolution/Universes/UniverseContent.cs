using Resolver.Resolution.Universes.Tables;

namespace Resolver.Resolution.Universes;

/// <summary>A universe file as read, before its texts are given a meaning: the scheme may stand after what it
/// governs.</summary>
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

    /// <summary>Where a project's candidates begin.</summary>
    public int StartOf(int project) => project == 0 ? 0 : ProjectEnds[project - 1];

    /// <summary>Per candidate its version, a number of <see cref="Texts"/>.</summary>
    public List<int> Versions { get; } = [];

    /// <summary>Parallel to <see cref="Versions"/>: its <c>requires</c>, a number of <see cref="Lists"/>.</summary>
    public List<int> Requires { get; } = [];

    /// <summary>Parallel to <see cref="Versions"/>: what it says beyond that, a number of
    /// <see cref="Details"/>.</summary>
    public List<int> CandidateDetails { get; } = [];

    /// <summary>Each different thing that candidates say beside version and requirements, once; the first says
    /// nothing.</summary>
    public List<CandidateDetails> Details { get; } = [];

    /// <summary>The lists of <see cref="Details"/>, as numbers of <see cref="Texts"/>: in the ordinal schemes they
    /// mean nothing, and stand apart from what does.</summary>
    public ListTable DetailLists { get; } = new();
}

/// <summary>What a candidate of a universe file may say beside version and requirements: texts as numbers of the
/// file's texts, -1 where it is silent, and lists as numbers of <see cref="UniverseContent.DetailLists"/>.</summary>
/// <param name="Kind">The text of <c>kind</c>.</param>
/// <param name="BuildRequires">The list of <c>build_requires</c>.</param>
/// <param name="RequiresPython">The text of <c>requires_python</c>.</param>
/// <param name="Extras">A list in pairs: the text of an extra's name, and the list of what it adds.</param>
/// <param name="Yanked">Whether it is yanked.</param>
/// <param name="Unusable">Whether <c>usable</c> is false.</param>
/// <param name="UnusableBecause">The text of <c>unusable_because</c>.</param>
internal readonly record struct CandidateDetails(
    int Kind,
    int BuildRequires,
    int RequiresPython,
    int Extras,
    bool Yanked,
    bool Unusable,
    int UnusableBecause
)
{
    /// <summary>Says nothing.</summary>
    public static CandidateDetails None { get; } = new(-1, 0, -1, 0, false, false, -1);
}
