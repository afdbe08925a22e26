namespace Resolver.Cli.Completions;

/// <summary>One way to continue with a command line.</summary>
/// <param name="Word">What stands in place of the word that is being typed.</param>
/// <param name="Description">One line for shells that show it; empty where there is nothing to say.</param>
internal sealed record CompletionItem(string Word, string Description);
