using Resolver.Archives.Distributions;

namespace Resolver.Archives.Containers;

/// <summary>A container cannot be read, or must not be. Thrown inside this folder and turned into an
/// <see cref="ArchiveProblem"/> at its edge.</summary>
/// <param name="code">Stable code, as in <c>docs/diagnostics.md</c>.</param>
/// <param name="message">What is wrong, without the file's name.</param>
public sealed class ContainerException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Stable code, as in <c>docs/diagnostics.md</c>.</summary>
    public string Code { get; } = code;
}
