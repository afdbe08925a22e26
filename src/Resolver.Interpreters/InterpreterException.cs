namespace Resolver.Interpreters;

/// <summary>An interpreter could not be asked. The message is one line for a person.</summary>
public sealed class InterpreterException(string message, Exception? cause = null) : Exception(message, cause);
