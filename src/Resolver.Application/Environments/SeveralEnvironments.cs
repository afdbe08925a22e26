using Resolver.Application.Inputs;
using Resolver.Interpreters;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Environments;

namespace Resolver.Application.Environments;

/// <summary>The environments of <c>--environment</c> and <c>--universal</c>, as planning takes them.</summary>
internal static class SeveralEnvironments
{
    /// <summary>The environments described, in this order.</summary>
    /// <exception cref="InputException">One is not described, means nothing, or is the same as another to every
    /// marker.</exception>
    public static IReadOnlyList<EnvironmentRequest> Named(
        IReadOnlyList<EnvironmentDescription> descriptions,
        Interpreter interpreter
    )
    {
        var environments = descriptions.Select(each => Named(each, interpreter)).ToList();
        foreach (var (i, one) in environments.Index())
        {
            if (environments.Take(i).FirstOrDefault(other => !other.Region.IsDisjointFrom(one.Region)) is { } same)
                throw InputException.Usage(
                    $"--environment {same.Name}, {one.Name}: no marker distinguishes the two",
                    "plan for each environment separately"
                );
        }

        return environments;
    }

    /// <summary>What <c>--universal</c> is for.</summary>
    /// <param name="environment">The interpreter's environment, or that of <c>--python-version</c>.</param>
    /// <param name="isVersionTold">Whether <c>--python-version</c> says which Python is the first.</param>
    /// <param name="requiresPython">What the project of <c>--pyproject</c> says, or null.</param>
    /// <exception cref="InputException">No environment is left.</exception>
    public static UniversalScope Universal(
        UniversalSettings settings,
        MarkerEnvironment environment,
        bool isVersionTold,
        SpecifierSet? requiresPython
    )
    {
        var scope = UniversalScope.Of(environment, requiresPython);
        if (isVersionTold)
            scope = scope with { Supported = scope.Supported.And(UniversalScope.Of(environment, null).Supported) };
        if (Union(settings.Environments) is { } only)
            scope = scope with { Supported = scope.Supported.And(only) };
        scope = scope with { Required = [.. settings.Required.Select(Region)] };
        return scope.Supported.IsDisjointFrom(MarkerRegion.Existing)
            ? throw InputException.Usage(
                "--universal: no environment is left",
                "requires-python, --python-version and [universal] environments of resolver.toml contradict each other"
            )
            : scope;
    }

    private static EnvironmentRequest Named(EnvironmentDescription configured, Interpreter interpreter)
    {
        var described = DescribedEnvironment.Of(interpreter, configured.PythonVersion, configured.PythonPlatform);
        var markers = configured.Markers.Aggregate(
            described.Markers,
            (all, variable) => all.With(variable.Key, variable.Value)
        );
        // A Python without a third number is every release of that Python.
        var python = configured.PythonVersion?.Count(c => c == '.') == 2 ? "python_full_version" : "python_version";
        var region = configured
            .Markers.Keys.Concat([python, "sys_platform", "platform_machine", "implementation_name"])
            .Distinct()
            .Aggregate(
                MarkerRegion.All,
                (all, variable) => all.And(Region(Marker.Parse($"{variable} == {Quoted(markers[variable]!)}")))
            );
        return new EnvironmentRequest(configured.Name, region, markers, described.Tags);
    }

    private static MarkerRegion? Union(IReadOnlyList<Marker> markers) =>
        markers.Count == 0 ? null : markers.Select(Region).Aggregate((left, right) => left.Or(right));

    private static MarkerRegion Region(Marker marker) =>
        MarkerRegion.TryOf(marker) is { Success: true } region
            ? region.Value
            : throw InputException.BadInput($"the marker '{marker}' means nothing");

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\x22")}\"";
}
