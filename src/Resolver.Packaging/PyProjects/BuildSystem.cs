using Resolver.Packaging.Metadata;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.PyProjects;

/// <summary>The table <c>[build-system]</c> (PEP 517, 518).</summary>
/// <remarks>Surprises: <c>requires = []</c> is legal (a backend that builds itself); a table without <c>requires</c>
/// is an error, no table at all is not; the source tree itself is never on the backend's path, only
/// <c>backend-path</c> is.</remarks>
public sealed record BuildSystem
{
    /// <summary>The backend of projects that name none (PEP 517, "Source trees").</summary>
    public const string LegacyBackend = "setuptools.build_meta:__legacy__";

    /// <summary>What a project without the table means (PEP 518; the bound is the first setuptools that has the
    /// legacy backend, as pip assumes).</summary>
    public static BuildSystem Legacy { get; } =
        new() { Requires = [DeclaredRequirement.Read("setuptools>=40.8.0")], BuildBackend = LegacyBackend };

    /// <summary>What must be installed before any hook is called; empty where the table lacks it (see
    /// <see cref="Errors"/>).</summary>
    public IReadOnlyList<DeclaredRequirement> Requires { get; init; } = [];

    /// <summary>Module and object of the backend as written, or null where none is named.</summary>
    public string? BuildBackend { get; init; }

    /// <summary>The backend to call: the one named, else the legacy one.</summary>
    public string EffectiveBackend => BuildBackend ?? LegacyBackend;

    /// <summary>Folders of the source tree that hold the backend, relative to its root, as written; empty for nearly
    /// all projects.</summary>
    public IReadOnlyList<string> BackendPath { get; init; } = [];

    /// <summary>What the standard forbids in this table; not empty means that no frontend may build the
    /// project.</summary>
    public IReadOnlyList<DocumentError> Errors { get; init; } = [];
}
