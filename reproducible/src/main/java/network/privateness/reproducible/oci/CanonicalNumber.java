package network.privateness.reproducible.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as ECMAScript writes them (ECMA-262 Number::toString with radix 10), which RFC 8785 §3.2.2.3 asks for. */
final class CanonicalNumber {

    private static final BigInteger LARGEST_EXACT = BigInteger.valueOf((1L << 53) - 1);

    /** Decimal digits that always suffice to tell a double from its neighbours. */
    private static final int MAX_DIGITS = 17;

    private CanonicalNumber() {}

    static String text(JsonNode number) {
        if (number.isIntegralNumber()) {
            BigInteger value = number.bigIntegerValue();
            if (value.abs().compareTo(LARGEST_EXACT) > 0) {
                throw new IllegalArgumentException("the integer " + value + " is beyond 2^53-1, so not every reader of"
                        + " JSON gets it exactly: write it as a string");
            }
            return value.toString();
        }
        return text(number.doubleValue());
    }

    static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("JSON has no way to write " + value);
        }
        if (value == 0) {
            return "0";
        }
        String sign = value < 0 ? "-" : "";
        return sign + positive(shortest(Math.abs(value)));
    }

    /**
     * The decimal with the fewest digits that is read back as this double; of several, the nearest to it. Not
     * Double.toString, whose digits were not always the fewest before JDK 19 (JDK-4511638).
     */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean belowFits = below.doubleValue() == value;
            boolean aboveFits = above.doubleValue() == value;
            if (belowFits && aboveFits) {
                return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (belowFits || aboveFits) {
                return belowFits ? below : above;
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String positive(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int k = digits.length();
        // The value is 0.digits times 10 to the n.
        int n = k - stripped.scale();
        if (k <= n && n <= 21) {
            return digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return "0." + "0".repeat(-n) + digits;
        }
        String mantissa = k == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (n > 0 ? "+" : "-") + Math.abs(n - 1);
    }
}
