using Resolver.Application.Environments;

namespace Resolver.Cli.Configuration;

/// <summary>An environment that a file describes under <c>[environments.NAME]</c>, for <c>--environment NAME</c>.
/// What is null is that of <c>--python</c>.</summary>
/// <param name="Description">What it is; its versions and platforms are written as <c>--python-version</c> and
/// <c>--python-platform</c> take them.</param>
/// <param name="Origin">Where it is described.</param>
internal sealed record ConfiguredEnvironment(EnvironmentDescription Description, Origin Origin)
{
    /// <summary>As <c>--environment</c> names it.</summary>
    public string Name => Description.Name;
}
