namespace Resolver.Execution.Frontends;

/// <summary>There is no pip that could drive builds and installs. The message is one line for a person; it says what
/// was looked at and what to do.</summary>
public sealed class FrontendException(string message) : Exception(message);
