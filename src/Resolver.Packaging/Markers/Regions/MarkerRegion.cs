using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;

namespace Resolver.Packaging.Markers.Regions;

/// <summary>
/// The environments in which a marker holds (PEP 508), with the algebra of sets: both, either, not, disjoint, within.
/// Both variables of Python are one, and it takes final releases only. Immutable; safe for several threads.
/// </summary>
/// <remarks>
/// The surprises: <c>python_version</c> has two numbers, so <c>python_version &gt; "3.8"</c> begins at 3.9.
/// Comparisons by <c>in</c> and of systems' versions are kept unchanged; whether several of them can hold at once
/// is found out by looking for an environment, so a set may be taken for empty where only a far-fetched text would be
/// in it.
/// </remarks>
public sealed class MarkerRegion : IEquatable<MarkerRegion>
{
    private readonly RegionNode node;
    private bool? isEmpty;

    private MarkerRegion(RegionNode node) => this.node = node;

    /// <summary>Every environment.</summary>
    public static MarkerRegion All { get; } = new(RegionNode.True);

    private static readonly SpecifierSet UnknownPythons = SpecifierSet.Parse($">={KnownPythons.FirstUnknown}.dev0");

    /// <summary>No environment.</summary>
    public static MarkerRegion None { get; } = new(RegionNode.False);

    /// <summary>What is true of every environment that there is: systems and implementations go by several names, and
    /// these go together.</summary>
    public static MarkerRegion Existing { get; } = MakeExisting();

    /// <summary>Whether no environment lies in it.</summary>
    public bool IsEmpty =>
        isEmpty ??= node.IsExact
            ? node == RegionNode.False
            : RegionExample.Find(node, MarkerEnvironment.CPython311OnLinux) is null;

    /// <summary>Whether it has a Python beyond every one that can be named.</summary>
    public bool IsOpenToLaterPythons =>
        node.Variable?.Equals(RegionVariable.Python) != true
            ? node != RegionNode.False
            : node.Edges.Any(edge => edge.Child != RegionNode.False && ((ReleaseSet)edge.Values).IsOpen);

    /// <summary>The environments in which the marker holds.</summary>
    /// <returns>An error where a comparison means nothing.</returns>
    public static ParseResult<MarkerRegion> TryOf(Marker marker) => TryOf(marker.Expression);

    /// <summary>As <see cref="TryOf(Marker)"/>, of a part of a marker.</summary>
    public static ParseResult<MarkerRegion> TryOf(MarkerExpression expression) =>
        RegionReader.Read(expression, out var error) is { } node
            ? ParseResult<MarkerRegion>.Of(new(node))
            : ParseResult<MarkerRegion>.Failed(error!);

    /// <summary>As <see cref="TryOf(Marker)"/>.</summary>
    /// <exception cref="PackagingFormatException">A comparison means nothing.</exception>
    public static MarkerRegion Of(Marker marker) => TryOf(marker).Value;

    /// <summary>As <see cref="Of(Marker)"/>, of a text.</summary>
    /// <exception cref="PackagingFormatException">The text is no marker, or a comparison in it means
    /// nothing.</exception>
    public static MarkerRegion Parse(string marker) => Of(Marker.Parse(marker));

    /// <summary>The environments whose Python is one of these (Requires-Python).</summary>
    public static MarkerRegion OfPython(SpecifierSet specifier) =>
        new(RegionNode.Of(RegionVariable.Python, RegionReader.Releases(specifier)));

    /// <summary>The environments in which one variable holds one of these texts. Not for variables that hold
    /// versions.</summary>
    public static MarkerRegion OfText(string variable, params IEnumerable<string> values) =>
        new(RegionNode.Of(RegionVariable.Text(variable), TextSet.Of(values)));

    /// <summary>The environments in both.</summary>
    public MarkerRegion And(MarkerRegion other) => new(node.And(other.node));

    /// <summary>The environments in either.</summary>
    public MarkerRegion Or(MarkerRegion other) => new(node.Or(other.node));

    /// <summary>The environments that are not in it.</summary>
    public MarkerRegion Not() => new(node.Not());

    /// <summary>Its environments that are not in the other.</summary>
    public MarkerRegion Except(MarkerRegion other) => And(other.Not());

    /// <summary>Whether no environment is in both.</summary>
    public bool IsDisjointFrom(MarkerRegion other) => And(other).IsEmpty;

    /// <summary>Whether each of its environments is in the other: the implication of markers.</summary>
    public bool IsSubsetOf(MarkerRegion other) => Except(other).IsEmpty;

    /// <summary>Whether the environment lies in it. A pre-release of Python counts as its release, and no extra as
    /// requested.</summary>
    public bool Contains(MarkerEnvironment environment) => RegionExample.Contains(node, environment);

    /// <summary>The same with every Python that does not exist yet besides: a Requires-Python whose upper bounds say
    /// nothing of them. Its lower bound still counts.</summary>
    public MarkerRegion WithUnknownPythons() => IsEmpty ? this : Or(WithLaterPythons().And(OfPython(UnknownPythons)));

    private MarkerRegion WithLaterPythons() =>
        node.Variable?.Equals(RegionVariable.Python) == true && node.Edges.All(edge => edge.Child.Variable is null)
            ? new(
                RegionNode.Of(
                    RegionVariable.Python,
                    ReleaseSet.Between(
                        ((ReleaseSet)node.Edges.First(edge => edge.Child == RegionNode.True).Values).First,
                        null
                    )
                )
            )
            : this;

    /// <summary>What is left where exactly these extras are requested.</summary>
    public MarkerRegion WithExtras(IReadOnlyCollection<ExtraName> extras) => new(WithExtras(node, extras));

    /// <summary>An environment that lies in it.</summary>
    /// <param name="wished">Where it may be chosen, it is as this one.</param>
    /// <returns>Null where there is none.</returns>
    public MarkerEnvironment? Example(MarkerEnvironment wished) => RegionExample.Find(node, wished);

    /// <summary>A short marker that distinguishes this region within another.</summary>
    /// <param name="given">Only environments of this one will ever be asked about.</param>
    /// <returns>Null where it holds for each of these; for none of them the shortest marker that never holds.</returns>
    public Marker? ToMarker(MarkerRegion given) => RegionText.Simplest(this, given);

    internal RegionNode Node => node;

    internal static MarkerRegion Of(RegionNode node) => new(node);

    private static RegionNode WithExtras(RegionNode node, IReadOnlyCollection<ExtraName> extras)
    {
        if (node.Variable is not { } variable)
            return node;
        if (variable.Comparison is not { Variable: "extra" } comparison)
            return RegionNode.Make(variable, node.Edges.Select(edge => (edge.Values, WithExtras(edge.Child, extras))));
        var holds =
            MarkerComparer.Compare(
                comparison,
                new() { Environment = MarkerEnvironment.CPython311OnLinux, RequestedExtras = extras },
                out _
            ) == true;
        return WithExtras(node.Edges.First(edge => ((TextSet)edge.Values).Contains("true") == holds).Child, extras);
    }

    private static MarkerRegion MakeExisting()
    {
        string[] facts =
        [
            "sys_platform != 'linux' or os_name == 'posix' and platform_system == 'Linux'",
            "sys_platform != 'darwin' or os_name == 'posix' and platform_system == 'Darwin'",
            "sys_platform != 'win32' or os_name == 'nt' and platform_system == 'Windows'",
            "sys_platform == 'linux' or platform_system != 'Linux'",
            "sys_platform == 'darwin' or platform_system != 'Darwin'",
            "sys_platform == 'win32' or os_name != 'nt' and platform_system != 'Windows'",
            "implementation_name == 'cpython' and platform_python_implementation == 'CPython' or implementation_name "
                + "!= 'cpython' and platform_python_implementation != 'CPython'",
            "implementation_name == 'pypy' and platform_python_implementation == 'PyPy' or implementation_name != "
                + "'pypy' and platform_python_implementation != 'PyPy'",
        ];
        return facts.Aggregate(All, (all, fact) => all.And(Parse(fact)));
    }

    /// <inheritdoc/>
    public bool Equals(MarkerRegion? other) => other is not null && node.Equals(other.node);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MarkerRegion);

    /// <inheritdoc/>
    public override int GetHashCode() => node.GetHashCode();

    /// <summary>As a marker; <c>true</c> where it always holds.</summary>
    public override string ToString() => ToMarker(All)?.ToString() ?? "true";
}
