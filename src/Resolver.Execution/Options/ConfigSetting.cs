using Resolver.Packaging.Names;

namespace Resolver.Execution.Options;

/// <summary>A setting for build backends (PEP 517 <c>config_settings</c>).</summary>
/// <param name="Project">The project it is for, or null for every one that is built.</param>
public sealed record ConfigSetting(PackageName? Project, string Key, string Value);
