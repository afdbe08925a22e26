using Resolver.Packaging.Metadata;
using Resolver.Packaging.Requirements;

namespace Resolver.Archives.Hooks;

/// <summary>What the build backend of a project said of it (PEP 517).</summary>
/// <param name="BuildRequires">What <c>get_requires_for_build_wheel</c> asks for beside
/// <c>build-system.requires</c>.</param>
/// <param name="Metadata">What <c>prepare_metadata_for_build_wheel</c> wrote, or the wheel holds; null where nobody
/// asked.</param>
public sealed record HookAnswer(IReadOnlyList<Requirement> BuildRequires, CoreMetadata? Metadata);
