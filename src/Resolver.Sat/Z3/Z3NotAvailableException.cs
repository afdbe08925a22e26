namespace Resolver.Sat.Z3;

/// <summary>Z3 was requested and its library is not there. The message is one line that says what to install.</summary>
public sealed class Z3NotAvailableException(string message) : Exception(message);
