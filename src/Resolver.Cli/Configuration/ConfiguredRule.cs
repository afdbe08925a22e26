namespace Resolver.Cli.Configuration;

/// <summary>A rule of a file that is no option, as it is shown by <c>resolver config</c>.</summary>
/// <param name="Key">The table it stands in, such as <c>waive</c> or <c>projects.numpy.env</c>.</param>
/// <param name="Text">What it says, one line.</param>
internal sealed record ConfiguredRule(string Key, string Text, Origin Origin);
