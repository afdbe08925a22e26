using System.Text;

namespace Resolver.Cli.Terminal;

/// <summary>What bytes characters become: UTF-8, unless a terminal's locale says that it shows something else. What
/// it cannot show is written as <c>\uNNNN</c>.</summary>
internal static class TerminalEncoding
{
    /// <param name="isTerminal">Files and pipes always get UTF-8: what is in them must not depend on who made
    /// them.</param>
    /// <param name="characterSet">In capitals, without hyphens; null: UTF-8.</param>
    public static Encoding Of(bool isTerminal, string? characterSet)
    {
        if (!isTerminal || characterSet is null || OperatingSystem.IsWindows())
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // Latin-9 is Latin-1 but for eight characters, and other sets share ASCII with it.
        return Encoding.GetEncoding(
            characterSet is "ISO88591" or "ISO885915" or "LATIN1" ? "iso-8859-1" : "us-ascii",
            new EscapingFallback(),
            DecoderFallback.ReplacementFallback
        );
    }

    private sealed class EscapingFallback : EncoderFallback
    {
        public override int MaxCharCount => 12;

        public override EncoderFallbackBuffer CreateFallbackBuffer() => new EscapingBuffer();
    }

    private sealed class EscapingBuffer : EncoderFallbackBuffer
    {
        private string text = "";
        private int next;

        public override int Remaining => text.Length - next;

        public override bool Fallback(char charUnknown, int index)
        {
            (text, next) = ($"\\u{(int)charUnknown:x4}", 0);
            return true;
        }

        public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index)
        {
            (text, next) = ($"\\u{(int)charUnknownHigh:x4}\\u{(int)charUnknownLow:x4}", 0);
            return true;
        }

        public override char GetNextChar() => next < text.Length ? text[next++] : '\0';

        public override bool MovePrevious()
        {
            if (next == 0)
                return false;
            next--;
            return true;
        }

        public override void Reset() => (text, next) = ("", 0);
    }
}
