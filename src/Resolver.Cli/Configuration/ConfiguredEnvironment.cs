namespace Resolver.Cli.Configuration;

/// <summary>An environment that a file describes under <c>[environments.NAME]</c>, for <c>--environment NAME</c>.
/// What is null is that of <c>--python</c>.</summary>
/// <param name="Name">As <c>--environment</c> names it.</param>
/// <param name="PythonVersion">As <c>--python-version</c> takes it.</param>
/// <param name="PythonPlatform">As <c>--python-platform</c> takes it.</param>
/// <param name="Markers">Variables of PEP 508 that have other values than the above would give; the names are
/// valid.</param>
/// <param name="Origin">Where it is described.</param>
internal sealed record ConfiguredEnvironment(
    string Name,
    string? PythonVersion,
    string? PythonPlatform,
    IReadOnlyDictionary<string, string> Markers,
    Origin Origin
);
