namespace Resolver.Execution.Destinations;

/// <summary>A file that installing a wheel writes.</summary>
/// <param name="Path">Where, absolute.</param>
/// <param name="Content">What tells its content from another: of a file its size and CRC-32, of a script that pip
/// makes its entry point.</param>
/// <param name="Length">Bytes; null for a script that pip makes.</param>
/// <param name="Crc">CRC-32 of the content; meaningful where there is a length.</param>
internal sealed record WheelFile(string Path, string Content, long? Length, uint Crc);
