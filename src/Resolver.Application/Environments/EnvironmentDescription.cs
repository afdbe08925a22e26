namespace Resolver.Application.Environments;

/// <summary>An environment that is described instead of asked. What is null is that of the interpreter.</summary>
/// <param name="Name">How messages and the plan name it.</param>
/// <param name="PythonVersion">A CPython, <c>3.12</c> or <c>3.12.4</c>.</param>
/// <param name="PythonPlatform">A platform in uv's words, such as <c>linux</c> or
/// <c>x86_64-manylinux_2_28</c>.</param>
/// <param name="Markers">Variables of PEP 508 with other values than the above would give; the names are
/// valid.</param>
public sealed record EnvironmentDescription(
    string Name,
    string? PythonVersion,
    string? PythonPlatform,
    IReadOnlyDictionary<string, string> Markers
);
