using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Verification;

/// <summary>A fault of the translation from metadata and request into a problem: what is read wrongly.</summary>
/// <param name="Name">What goes wrong.</param>
/// <param name="Candidate">How a candidate is misread; null: it is overlooked.</param>
/// <param name="Request">How the request is misread.</param>
internal sealed record Mutant(
    string Name,
    Func<Candidate, Candidate?> Candidate,
    Func<PlanRequest, PlanRequest> Request
)
{
    public override string ToString() => Name;
}

/// <summary>Every mutant that the verifier has to notice.</summary>
internal static class Mutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        OfRequires("drops the first requirement", each => each.Skip(1)),
        OfRequires("drops the last requirement", each => each.SkipLast(1)),
        OfRequires("drops every requirement", _ => []),
        OfRequires("drops requirements with a marker", each => each.Where(one => one.Marker is null)),
        OfRequires("ignores markers", each => each.Select(one => Remake(one, marker: false))),
        OfRequires("ignores versions", each => each.Select(one => Remake(one, versions: false))),
        OfRequires("ignores the extras that are requested", each => each.Select(one => Remake(one, extras: false))),
        OfRequires("reads < as <=", each => each.Select(one => Reread(one, "<", "<=", unlike: "<="))),
        OfRequires("reads <= as <", each => each.Select(one => Reread(one, "<=", "<"))),
        OfRequires("reads >= as >", each => each.Select(one => Reread(one, ">=", ">"))),
        OfRequires("reads == as >=", each => each.Select(one => Reread(one, "==", ">="))),
        OfRequires("reads != as ==", each => each.Select(one => Reread(one, "!=", "=="))),
        OfRequires("reads ~= as >=", each => each.Select(one => Reread(one, "~=", ">="))),
        OfRequires("loses upper bounds", each => each.Select(one => Without(one, "<"))),
        OfRequires("loses lower bounds", each => each.Select(one => Without(one, ">"))),
        OfRequires("reads 'and' as 'or'", each => each.Select(one => Marked(one, " and ", " or "))),
        OfRequires("reads == in markers as !=", each => each.Select(one => Marked(one, "==", "!="))),
        OfRequires("swaps < and > in markers", each => each.Select(one => Marked(one, "<", ">"))),
        OfRequires("reads a URL as a name", each => each.Select(one => Remake(one, url: false))),
        OfRequires("adds a requirement", each => each.Append(Requirement.Parse("lib"))),
        OfBuild("drops build requirements", _ => []),
        OfBuild("drops the first build requirement", each => each.Skip(1)),
        OfBuild("ignores versions of build requirements", each => each.Select(one => Remake(one, versions: false))),
        OfBuild("ignores markers of build requirements", each => each.Select(one => Remake(one, marker: false))),
        OfCandidate("ignores Requires-Python", each => Copy(each, python: false)),
        OfCandidate("ignores tags", each => Copy(each, tags: false)),
        OfCandidate("ignores that a version is yanked", each => Copy(each, yanked: false)),
        OfCandidate("ignores why a candidate is unusable", each => Copy(each, unusable: false)),
        OfCandidate("takes unknown requirements for none", each => Copy(each, requires: each.Requires ?? [])),
        OfRequest("drops the first root", each => each with { Roots = [.. each.Roots.Skip(1)] }),
        OfRequest("drops constraints", each => each with { Constraints = [] }),
        OfRequest("drops overrides", each => each with { Overrides = [] }),
        OfRequest("drops exclusions", each => each with { Exclusions = [] }),
        OfRequest("ignores --no-binary", each => each with { NoBinary = NameFilter.None }),
        OfRequest("ignores --only-binary", each => each with { OnlyBinary = NameFilter.None }),
        OfRequest("allows pre-releases", each => each with { Prerelease = PrereleaseMode.Allow }),
        OfRequest(
            "ignores pins",
            each => each with { Pinned = new Dictionary<Packaging.Names.PackageName, Version>() }
        ),
        OfRequest(
            "waives every build requirement on tool",
            each => each with { Waivers = [new Waiver(null, Packaging.Names.PackageName.Parse("tool"))] }
        ),
        OfRequest(
            "judges markers for another Python",
            each => each with { Environment = each.Environment.With("python_version", "3.7") }
        ),
        OfRequest(
            "judges markers for another system",
            each => each with { Environment = each.Environment.With("sys_platform", "win32") }
        ),
    ];

    private static Mutant OfCandidate(string name, Func<Candidate, Candidate?> candidate) =>
        new(name, candidate, request => request);

    private static Mutant OfRequest(string name, Func<PlanRequest, PlanRequest> request) =>
        new(name, candidate => candidate, request);

    private static Mutant OfRequires(string name, Func<IReadOnlyList<Requirement>, IEnumerable<Requirement>> change) =>
        OfCandidate(name, each => Copy(each, requires: each.Requires is { } known ? [.. change(known)] : null));

    private static Mutant OfBuild(string name, Func<IReadOnlyList<Requirement>, IEnumerable<Requirement>> change) =>
        OfCandidate(name, each => Copy(each, build: each.BuildRequires is { } known ? [.. change(known)] : null));

    private static Requirement Remake(
        Requirement one,
        bool marker = true,
        bool versions = true,
        bool extras = true,
        bool url = true
    ) =>
        Requirement.Parse(
            one.RawName
                + (extras && one.RawExtras.Count > 0 ? $"[{string.Join(',', one.RawExtras)}]" : "")
                + (versions ? one.Specifier.ToString() : "")
                + (url && one.Url is { } at ? $" @ {at}" : "")
                + (marker && one.Marker is { } condition ? $" ; {condition}" : "")
        );

    private static Requirement WithClauses(Requirement one, IEnumerable<Specifier> clauses) =>
        Requirement.Parse(
            one.RawName
                + (one.RawExtras.Count > 0 ? $"[{string.Join(',', one.RawExtras)}]" : "")
                + string.Join(',', clauses)
                + (one.Marker is { } condition ? $" ; {condition}" : "")
        );

    private static Requirement Reread(Requirement one, string sign, string other, string unlike = "none") =>
        one.Url is not null
            ? one
            : WithClauses(
                one,
                one.Specifier.Specifiers.Select(each =>
                    each.Operator == sign && each.Operator != unlike && !each.IsPrefix
                        ? Specifier.Parse(other + each.VersionText)
                        : each
                )
            );

    private static Requirement Without(Requirement one, string sign) =>
        one.Url is not null
            ? one
            : WithClauses(
                one,
                one.Specifier.Specifiers.Where(each => !each.Operator.StartsWith(sign, StringComparison.Ordinal))
            );

    private static Requirement Marked(Requirement one, string text, string other) =>
        one.Marker is { } marker
        && Marker.TryParse(marker.ToString().Replace(text, other, StringComparison.Ordinal))
            is { Success: true } changed
            ? one.With(one.RawExtras, changed.Value)
            : one;

    private static Candidate Copy(
        Candidate one,
        IReadOnlyList<Requirement>? requires = null,
        IReadOnlyList<Requirement>? build = null,
        bool python = true,
        bool tags = true,
        bool yanked = true,
        bool unusable = true
    ) =>
        new()
        {
            Name = one.Name,
            Version = one.Version,
            Kind = one.Kind,
            Path = one.Path,
            Sha256 = one.Sha256,
            Requires = requires ?? one.Requires,
            BuildRequires = build ?? one.BuildRequires,
            RequiresPython = python ? one.RequiresPython : null,
            Tags = tags || one.Kind != DistributionKind.Wheel ? one.Tags : null,
            BuildTag = one.BuildTag,
            Yanked = yanked && one.Yanked,
            UnusableBecause = unusable ? one.UnusableBecause : null,
        };
}
